/** Everything that differs between the hosts. One adapter per port and host. */
import type { Assets } from './assets.ts';
import type { Blobs } from './blobs.ts';
import type { CaptchaService } from './captcha-service.ts';
import type { Certificates } from './certificates.ts';
import type { Chance } from './chance.ts';
import type { Clock } from './clock.ts';
import type { Coalescer } from './coalescer.ts';
import type { Databases } from './databases.ts';
import type { Dns } from './dns.ts';
import type { Images } from './images.ts';
import type { Limiter } from './limiter.ts';
import type { Mailer } from './mailer.ts';
import type { Alarms, Scheduler } from './scheduler.ts';

export type { Asset, Assets } from './assets.ts';
export {
  type BlobPart,
  BlobPartsError,
  type BlobRange,
  BlobSizeError,
  type Blobs,
  blobKey,
  type StoredBlob,
} from './blobs.ts';
export type { CaptchaService, CaptchaToken, CaptchaVerdict } from './captcha-service.ts';
export { type Certificates, CertificatesError, type HostCertificate, type HostRecord } from './certificates.ts';
export type { Chance } from './chance.ts';
export type { Clock } from './clock.ts';
export type { Coalescer } from './coalescer.ts';
export {
  type Database,
  DatabaseError,
  type DatabaseErrorKind,
  type Databases,
  type SqlValue,
  type Statement,
  type StatementResult,
} from './databases.ts';
export { type Dns, DnsError } from './dns.ts';
export { ImageError, type ImageErrorKind, type Images, type RenderedImage } from './images.ts';
export type { Limiter, LimitVerdict } from './limiter.ts';
export type { Mail, MailAttachment, Mailer, MailOutbox, SentMail } from './mailer.ts';
export type { Alarms, Scheduler } from './scheduler.ts';

export interface Ports {
  readonly alarms: Alarms;
  readonly assets: Assets;
  readonly blobs: Blobs;
  readonly captchaService: CaptchaService;
  readonly certificates: Certificates;
  readonly chance: Chance;
  readonly clock: Clock;
  readonly coalescer: Coalescer;
  readonly databases: Databases;
  readonly dns: Dns;
  readonly images: Images;
  readonly limiter: Limiter;
  readonly mailer: Mailer;
  readonly scheduler: Scheduler;
}
