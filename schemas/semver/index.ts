/** Versions and ranges of modules. */
export { compareVersions, isRange, isVersion, newestFirst, satisfies } from './semver.ts';
