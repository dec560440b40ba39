/** The image library: one fresh instance for each image, so that one that breaks it, or swells it, leaves nothing behind. */

/** The part of the WebAssembly API that is used; the hosts share no library of its types. */
declare const WebAssembly: {
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly Module: { imports(module: object): { readonly module: string; readonly name: string }[] };
};

/** What Photon's module exports to its own glue, which keeps one instance for ever and is therefore not used. A pointer names an image. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  __wbindgen_start(): void;
  __wbindgen_malloc(bytes: number, align: number): number;
  photonimage_new_from_byteslice(at: number, length: number): number;
  photonimage_new(at: number, length: number, width: number, height: number): number;
  photonimage_get_width(image: number): number;
  photonimage_get_height(image: number): number;
  photonimage_get_raw_pixels(image: number): readonly [at: number, length: number];
  photonimage_get_bytes(image: number): readonly [at: number, length: number];
  photonimage_get_bytes_jpeg(image: number, quality: number): readonly [at: number, length: number];
  photonimage_get_bytes_webp(image: number): readonly [at: number, length: number];
  resize(image: number, width: number, height: number, filter: number): number;
}

/** RGBA, eight bits each, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface Codec {
  /** Decodes, and scales to at most `width` by `height` pixels as `target` says for the decoded size. */
  decode(
    bytes: Uint8Array,
    target: (width: number, height: number) => readonly [width: number, height: number],
  ): Pixels;
  encode(pixels: Pixels, format: 'jpeg' | 'png' | 'webp'): Uint8Array;
}

const LANCZOS3 = 5;
const JPEG_QUALITY = 82;

/** Every call throws on what the library cannot do; the instance is of no more use then. */
export function createCodec(module: object): Codec {
  const imports: Record<string, Record<string, () => undefined>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    // Drawing on a page and reporting panics: neither has a place here.
    imports[from][name] = () => undefined;
  }
  const codec = new WebAssembly.Instance(module, imports).exports as Exports;
  codec.__wbindgen_start();

  const put = (bytes: Uint8Array): number => {
    const at = codec.__wbindgen_malloc(bytes.byteLength, 1) >>> 0;
    new Uint8Array(codec.memory.buffer).set(bytes, at);
    return at;
  };
  const take = ([at, length]: readonly [number, number]): Uint8Array =>
    new Uint8Array(codec.memory.buffer, at >>> 0, length >>> 0).slice();

  return {
    decode(bytes, target) {
      const image = codec.photonimage_new_from_byteslice(put(bytes), bytes.byteLength);
      const from = [codec.photonimage_get_width(image), codec.photonimage_get_height(image)] as const;
      const [width, height] = target(...from);
      const same = width === from[0] && height === from[1];
      const scaled = same ? image : codec.resize(image, width, height, LANCZOS3);
      return { width, height, data: take(codec.photonimage_get_raw_pixels(scaled)) };
    },
    encode({ width, height, data }, format) {
      const image = codec.photonimage_new(put(data), data.byteLength, width, height);
      if (format === 'jpeg') return take(codec.photonimage_get_bytes_jpeg(image, JPEG_QUALITY));
      return take(format === 'png' ? codec.photonimage_get_bytes(image) : codec.photonimage_get_bytes_webp(image));
    },
  };
}
