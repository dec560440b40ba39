/** The control plane's tables. Instants are epoch milliseconds. */
export * from './tables/analytics.ts';
export * from './tables/audit-anchors.ts';
export * from './tables/host-certificates.ts';
export * from './tables/modules.ts';
export * from './tables/people.ts';
export * from './tables/refused-origins.ts';
export * from './tables/security.ts';
export * from './tables/site-captcha.ts';
export * from './tables/site-hosts.ts';
export * from './tables/snapshots.ts';
export * from './tables/tenants.ts';
export * from './tables/versions.ts';
