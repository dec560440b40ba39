/** What passes between a form and our page with the service's script, over a MessagePort of their own; both sides check it. */

export const toCaptcha = 'inlay:captcha';

/** The only message on the window: what is to be proved, with the port for the answers. */
export interface ToCaptcha {
  readonly type: typeof toCaptcha;
  readonly seed: string;
  readonly action: string;
  readonly language: string;
  readonly dark: boolean;
}

export type FromCaptcha =
  /** Our page is there and loads the script. */
  | { readonly type: 'ready' }
  /** The service has a question for the visitor. */
  | { readonly type: 'asks' }
  | { readonly type: 'height' /** Pixels. */; readonly height: number }
  | { readonly type: 'token'; readonly token: string }
  | { readonly type: 'failed' };

const isText = (value: unknown, shape: RegExp): value is string => typeof value === 'string' && shape.test(value);
const membersOf = (data: unknown) => (typeof data === 'object' && data ? data : {}) as Record<string, unknown>;

/** Undefined for what is no such message. */
export const parseToCaptcha = (data: unknown): ToCaptcha | undefined => {
  const { type, seed, action, language, dark } = membersOf(data);
  const fits =
    type === toCaptcha &&
    isText(seed, /^[\w-]{22}$/) &&
    isText(action, /^[\w-]{1,32}$/) &&
    isText(language, /^[A-Za-z0-9-]{2,35}$/);
  return fits ? { type, seed, action, language, dark: dark === true } : undefined;
};

export const parseFromCaptcha = (data: unknown): FromCaptcha | undefined => {
  const { type, height, token } = membersOf(data);
  if (type === 'ready' || type === 'asks' || type === 'failed') return { type };
  if (type === 'height')
    return typeof height === 'number' && height >= 0 && height <= 1_000 ? { type, height } : undefined;
  return type === 'token' && isText(token, /^[\w.-]{1,2048}$/) ? { type, token } : undefined;
};
