/** Signed tokens of the data plane: access tokens for staff, embed tokens for pages. */
import { errors, jwtVerify, SignJWT } from 'jose';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Problem } from '../../schemas/errors/index.ts';
import type { Clock } from '../../schemas/ports/index.ts';
import { ALGORITHM, type SigningKeys } from './signing-keys.ts';

export const ACCESS_SECONDS = 600;
export const EMBED_SECONDS = 1800;
/** What a clock may be off. */
export const SKEW_SECONDS = 30;
const MAX_TOKEN_LENGTH = 4096;

const common = { jti: z.string().min(1), iat: z.number(), exp: z.number(), cid: z.string(), aid: z.string() };
const accessClaims = z.object({
  ...common,
  aud: z.literal('inlay:data'),
  sub: z.string(),
  name: z.string().optional(),
  role: z.enum(['owner', 'admin', 'member', 'client']),
  ses: z.string(),
});
const embedClaims = z.object({ ...common, aud: z.literal('inlay:embed'), sid: z.string(), org: z.string() });
const claims = z.discriminatedUnion('aud', [accessClaims, embedClaims]);

/** `name` of the person (OpenID Connect Core section 5.1); `cid` client, `aid` agency, `ses` the session it was exchanged for; `sid` site, `org` the page's origin. `iat` has a fraction. */
export type TokenClaims = z.output<typeof claims>;

export interface AccessGrant {
  readonly userId: string;
  readonly name?: string;
  readonly clientId: string;
  readonly agencyId: string;
  readonly role: z.output<typeof accessClaims>['role'];
  /** Of the session; when that ends, so does the token. */
  readonly sessionRef: string;
}

export interface EmbedGrant {
  readonly siteId: string;
  readonly clientId: string;
  readonly agencyId: string;
  readonly origin: string;
}

export interface IssuedToken {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface Tokens {
  issueAccess(grant: AccessGrant): Promise<IssuedToken>;
  issueEmbed(grant: EmbedGrant): Promise<IssuedToken>;
  /** Throws UNAUTHENTICATED or TOKEN_EXPIRED. Revocation is not looked at. */
  verify(token: string): Promise<TokenClaims>;
}

export interface TokensDeps {
  readonly keys: SigningKeys;
  readonly clock: Clock;
  /** `iss`. */
  readonly issuer: string;
}

const TYPES = { 'inlay:data': 'at+jwt', 'inlay:embed': 'embed+jwt' } as const;

export function createTokens({ keys, clock, issuer }: TokensDeps): Tokens {
  async function issue(
    aud: keyof typeof TYPES,
    seconds: number,
    body: Readonly<Record<string, string>>,
  ): Promise<IssuedToken> {
    const { kid, key } = await keys.active();
    const now = clock.now();
    const exp = Math.floor(now / 1000) + seconds;
    // RFC 7519 section 2 allows a fraction: a token made in the second after a revocation must not die with the old.
    const token = await new SignJWT({ ...body, iat: now / 1000, exp, aud, iss: issuer, jti: uuidv7() })
      .setProtectedHeader({ alg: ALGORITHM, kid, typ: TYPES[aud] })
      .sign(key);
    return { token, expiresAt: exp * 1000 };
  }

  return {
    issueAccess: ({ userId, name, clientId, agencyId, role, sessionRef }) => {
      const person = { sub: userId, ...(name === undefined ? {} : { name }) };
      return issue('inlay:data', ACCESS_SECONDS, { ...person, cid: clientId, aid: agencyId, role, ses: sessionRef });
    },
    issueEmbed: ({ siteId, clientId, agencyId, origin }) =>
      issue('inlay:embed', EMBED_SECONDS, { cid: clientId, aid: agencyId, sid: siteId, org: origin }),
    async verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) throw Problem.of('UNAUTHENTICATED');
      try {
        const { payload, protectedHeader } = await jwtVerify(
          token,
          async ({ kid }) => {
            const key = kid === undefined ? undefined : await keys.verifier(kid);
            if (!key) throw new errors.JWKSNoMatchingKey();
            return key;
          },
          {
            algorithms: [ALGORITHM],
            issuer,
            audience: Object.keys(TYPES),
            requiredClaims: ['exp', 'iat', 'jti'],
            clockTolerance: SKEW_SECONDS,
            currentDate: new Date(clock.now()),
          },
        );
        const verified = claims.parse(payload);
        if (protectedHeader.typ !== TYPES[verified.aud]) throw new errors.JWTInvalid('typ');
        // One from a clock that is ahead would outlive its time, and a revocation too.
        if (verified.iat > clock.now() / 1000 + SKEW_SECONDS) throw new errors.JWTInvalid('iat');
        return verified;
      } catch (cause) {
        if (cause instanceof errors.JWTExpired) throw Problem.of('TOKEN_EXPIRED', { cause });
        if (cause instanceof errors.JOSEError || cause instanceof z.ZodError) {
          throw Problem.of('UNAUTHENTICATED', { cause });
        }
        throw cause;
      }
    },
  };
}
