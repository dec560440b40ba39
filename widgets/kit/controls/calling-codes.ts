/** Calling codes (ITU-T E.164) of countries (ISO 3166-1), and what is dialled before a number within one. */

// In lower case: a number within the country begins with 0. Of several with one code, the one that most numbers are of comes first.
const list =
  'US1 RU7 IT39 gb44 NO47 au61 ma212 re262 SH290 fi358 gp590 CW599 AC247 AD376 ae971 af93 AG1 AI1 al355 am374 AO244 ar54 AS1 at43 AW297 ax358 az994 ba387 BB1 bd880 be32 BF226 bg359 BH973 BI257 BJ229 bl590 BM1 BN673 bo591 BQ599 br55 BS1 BT975 BW267 BY375 BZ501 CA1 cc61 cd243 CF236 CG242 ch41 CI225 CK682 CL56 CM237 cn86 co57 CR506 cu53 CV238 cx61 CY357 CZ420 de49 DJ253 DK45 DM1 DO1 dz213 ec593 EE372 eg20 eh212 er291 ES34 et251 FJ679 FK500 FM691 FO298 fr33 GA241 GD1 ge995 gf594 gg44 gh233 GI350 GL299 GM220 GN224 GQ240 GR30 GT502 GU1 GW245 GY592 HK852 HN504 hr385 HT509 HU36 id62 ie353 il972 im44 in91 IO246 iq964 ir98 IS354 je44 JM1 jo962 jp81 ke254 kg996 kh855 ki686 KM269 KN1 kp850 kr82 KW965 KY1 KZ7 la856 lb961 LC1 li423 lk94 lr231 LS266 lt370 LU352 LV371 ly218 mc377 md373 me382 mf590 mg261 MH692 mk389 ML223 mm95 mn976 MO853 MP1 mq596 MR222 MS1 MT356 MU230 MV960 mw265 MX52 my60 MZ258 na264 NC687 NE227 NF672 ng234 NI505 nl31 np977 NR674 NU683 nz64 OM968 PA507 pe51 PF689 PG675 ph63 pk92 PL48 pm508 PR1 ps970 PT351 PW680 py595 QA974 ro40 rs381 rw250 sa966 SB677 SC248 sd249 se46 SG65 si386 SJ47 sk421 sl232 SM378 SN221 so252 SR597 ss211 ST239 SV503 SX1 sy963 SZ268 TA290 TC1 TD235 TG228 th66 TJ992 TK690 TL670 TM993 TN216 TO676 tr90 TT1 TV688 tw886 tz255 ua380 ug256 uy598 UZ998 VA39 VC1 ve58 VG1 VI1 vn84 VU678 WF681 WS685 xk383 ye967 yt262 za27 zm260 zw263';

const trunks: Readonly<Record<string, string>> = { BY: '80', HU: '06', KZ: '8', MH: '1', RU: '8', TM: '8' };

export interface Calling {
  readonly country: string;
  /** Without a plus. */
  readonly code: string;
  /** Dialled within the country, not from abroad; empty for none. */
  readonly trunk: string;
}

export const callings: readonly Calling[] = list.split(' ').map(entry => {
  const country = entry.slice(0, 2).toUpperCase();
  const code = entry.slice(2);
  return { country, code, trunk: trunks[country] ?? (code === '1' ? '1' : entry.startsWith(country) ? '' : '0') };
});

export const callingOf = (country: string): Calling | undefined => callings.find(one => one.country === country);

/** The country of a number with a plus; of several with the same code, the wanted one or the largest. */
export const countryOf = (number: string, wanted: string): Calling | undefined => {
  const all = callings.filter(({ code }) => number.startsWith(`+${code}`));
  const longest = Math.max(...all.map(({ code }) => code.length));
  const best = all.filter(({ code }) => code.length === longest);
  return best.find(({ country }) => country === wanted) ?? best[0];
};

/**
 * The country that a clock is set to, those of the visitor's languages asked first; undefined where the zone is no country's (UTC), or
 * the browser does not know zones of countries.
 */
export const countryOfZone = (zone: string, languages: readonly string[]): string | undefined =>
  [
    ...languages.map(language => new Intl.Locale(language).maximize().region!),
    ...callings.map(({ country }) => country),
  ].find(country => {
    const region = new Intl.Locale('und', { region: country }) as Intl.Locale & { getTimeZones?(): string[] };
    return region.getTimeZones?.()?.includes(zone);
  });
