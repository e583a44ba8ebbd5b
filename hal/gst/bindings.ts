/**
 * Bindings: the functions of GStreamer that Sill calls, with prototype and shape side by side.
 *
 * Pointers are bigint, NULL is null. Everything here is a plain call on the calling thread; no
 * function of ours is ever called back from a thread of GStreamer's, so nothing can deadlock
 * against the event loop.
 */
import type { LibraryHandle } from "koffi";

export type Pointer = bigint;
export type Nullable = Pointer | null;
/** One-element array that a call fills. */
export type Out<T> = [T];

export type Gst = ReturnType<typeof bindAll>;

// F cannot be inferred: it is the shape that the prototype beside it has in TypeScript.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
function bind<F extends (...args: never[]) => unknown>(library: LibraryHandle, prototype: string): F {
  return library.func(prototype) as unknown as F;
}

export function bindAll(load: (name: string) => LibraryHandle) {
  const [core, app, base, video] = [
    load("libgstreamer-1.0.so.0"),
    load("libgstapp-1.0.so.0"),
    load("libgstbase-1.0.so.0"),
    load("libgstvideo-1.0.so.0"),
  ];
  const [glib, gobject] = [load("libglib-2.0.so.0"), load("libgobject-2.0.so.0")];
  return {
    initCheck: bind<(argc: null, argv: null, error: null) => number>(
      core,
      "int gst_init_check(void *argc, void *argv, void *error)",
    ),
    version: bind<(a: Out<number>, b: Out<number>, c: Out<number>, d: Out<number>) => void>(
      core,
      "void gst_version(_Out_ uint *a, _Out_ uint *b, _Out_ uint *c, _Out_ uint *d)",
    ),

    parseLaunch: bind<(text: string, error: Out<Nullable>) => Nullable>(
      core,
      "void *gst_parse_launch(const char *text, _Out_ void **error)",
    ),
    binGetByName: bind<(bin: Pointer, name: string) => Nullable>(
      core,
      "void *gst_bin_get_by_name(void *bin, const char *name)",
    ),
    setState: bind<(element: Pointer, state: number) => number>(
      core,
      "int gst_element_set_state(void *element, int state)",
    ),
    getState: bind<(element: Pointer, state: null, pending: null, timeoutNs: number) => number>(
      core,
      "int gst_element_get_state(void *element, void *state, void *pending, uint64 timeout)",
    ),
    queryDuration: bind<(element: Pointer, format: number, ns: Out<number | bigint>) => number>(
      core,
      "int gst_element_query_duration(void *element, int format, _Out_ int64 *ns)",
    ),
    elementGetBus: bind<(element: Pointer) => Pointer>(core, "void *gst_element_get_bus(void *element)"),
    busPop: bind<(bus: Pointer, types: number) => Nullable>(
      core,
      "void *gst_bus_pop_filtered(void *bus, uint types)",
    ),
    messageParseError: bind<(message: Pointer, error: Out<Nullable>, debug: Out<Nullable>) => void>(
      core,
      "void gst_message_parse_error(void *message, _Out_ void **error, _Out_ void **debug)",
    ),
    messageStructure: bind<(message: Pointer) => Nullable>(
      core,
      "const void *gst_message_get_structure(void *message)",
    ),
    /** To be freed. */
    structureText: bind<(structure: Pointer) => Nullable>(
      core,
      "void *gst_structure_to_string(const void *structure)",
    ),

    factoryFind: bind<(name: string) => Nullable>(core, "void *gst_element_factory_find(const char *name)"),
    factoryMake: bind<(factory: string, name: null) => Nullable>(
      core,
      "void *gst_element_factory_make(const char *factory, const char *name)",
    ),
    featurePlugin: bind<(feature: Pointer) => Nullable>(
      core,
      "void *gst_plugin_feature_get_plugin(void *feature)",
    ),
    pluginVersion: bind<(plugin: Pointer) => string | null>(
      core,
      "const char *gst_plugin_get_version(void *plugin)",
    ),
    objectRef: bind<(object: Pointer) => Pointer>(core, "void *gst_object_ref(void *object)"),
    objectUnref: bind<(object: Pointer) => void>(core, "void gst_object_unref(void *object)"),
    miniUnref: bind<(object: Pointer) => void>(core, "void gst_mini_object_unref(void *object)"),

    capsFromString: bind<(text: string) => Nullable>(core, "void *gst_caps_from_string(const char *text)"),
    capsStructure: bind<(caps: Pointer, index: number) => Pointer>(
      core,
      "void *gst_caps_get_structure(void *caps, uint index)",
    ),
    structureInt: bind<(structure: Pointer, field: string, value: Out<number>) => number>(
      core,
      "int gst_structure_get_int(void *structure, const char *field, _Out_ int *value)",
    ),
    structureString: bind<(structure: Pointer, field: string) => string | null>(
      core,
      "const char *gst_structure_get_string(void *structure, const char *field)",
    ),
    structureUint64: bind<(structure: Pointer, field: string, value: Out<number | bigint>) => number>(
      core,
      "int gst_structure_get_uint64(void *structure, const char *field, _Out_ uint64 *value)",
    ),
    structureFraction: bind<(structure: Pointer, field: string, n: Out<number>, d: Out<number>) => number>(
      core,
      "int gst_structure_get_fraction(void *structure, const char *field, _Out_ int *n, _Out_ int *d)",
    ),
    structureValue: bind<(structure: Pointer, field: string) => Nullable>(
      core,
      "void *gst_structure_get_value(void *structure, const char *field)",
    ),
    structureFree: bind<(structure: Pointer) => void>(core, "void gst_structure_free(void *structure)"),

    sampleBuffer: bind<(sample: Pointer) => Pointer>(core, "void *gst_sample_get_buffer(void *sample)"),
    sampleCaps: bind<(sample: Pointer) => Pointer>(core, "void *gst_sample_get_caps(void *sample)"),
    bufferMap: bind<(buffer: Pointer, info: Uint8Array, flags: number) => number>(
      core,
      "int gst_buffer_map(void *buffer, void *info, int flags)",
    ),
    bufferUnmap: bind<(buffer: Pointer, info: Uint8Array) => void>(
      core,
      "void gst_buffer_unmap(void *buffer, void *info)",
    ),
    bufferSize: bind<(buffer: Pointer) => number | bigint>(core, "size_t gst_buffer_get_size(void *buffer)"),
    bufferExtract: bind<(buffer: Pointer, offset: number, into: Uint8Array, size: number) => number>(
      core,
      "size_t gst_buffer_extract(void *buffer, size_t offset, void *into, size_t size)",
    ),
    bufferFrom: bind<(data: Uint8Array, size: number) => Pointer>(
      core,
      "void *gst_buffer_new_memdup(void *data, size_t size)",
    ),

    poolNew: bind<() => Pointer>(core, "void *gst_buffer_pool_new()"),
    poolGetConfig: bind<(pool: Pointer) => Pointer>(core, "void *gst_buffer_pool_get_config(void *pool)"),
    poolParams: bind<(config: Pointer, caps: Pointer, size: number, min: number, max: number) => void>(
      core,
      "void gst_buffer_pool_config_set_params(void *config, void *caps, uint size, uint min, uint max)",
    ),
    poolSetConfig: bind<(pool: Pointer, config: Pointer) => number>(
      core,
      "int gst_buffer_pool_set_config(void *pool, void *config)",
    ),
    poolSetActive: bind<(pool: Pointer, active: number) => number>(
      core,
      "int gst_buffer_pool_set_active(void *pool, int active)",
    ),
    poolAcquire: bind<(pool: Pointer, buffer: Out<Nullable>, params: null) => number>(
      core,
      "int gst_buffer_pool_acquire_buffer(void *pool, _Out_ void **buffer, void *params)",
    ),

    sinkPull: bind<(sink: Pointer, timeoutNs: number) => Nullable>(
      app,
      "void *gst_app_sink_try_pull_sample(void *sink, uint64 timeout)",
    ),
    sinkIsEos: bind<(sink: Pointer) => number>(app, "int gst_app_sink_is_eos(void *sink)"),
    sinkStats: bind<(sink: Pointer) => Pointer>(base, "void *gst_base_sink_get_stats(void *sink)"),
    srcPush: bind<(src: Pointer, buffer: Pointer) => number>(
      app,
      "int gst_app_src_push_buffer(void *src, void *buffer)",
    ),
    srcSetCaps: bind<(src: Pointer, caps: Pointer) => void>(
      app,
      "void gst_app_src_set_caps(void *src, void *caps)",
    ),
    srcEnd: bind<(src: Pointer) => number>(app, "int gst_app_src_end_of_stream(void *src)"),
    videoMeta: bind<(buffer: Pointer) => Nullable>(video, "void *gst_buffer_get_video_meta(void *buffer)"),

    setObjectArg: bind<(object: Pointer, name: string, value: string) => void>(
      core,
      "void gst_util_set_object_arg(void *object, const char *name, const char *value)",
    ),
    setProperty: bind<(object: Pointer, name: string, value: Uint8Array) => void>(
      gobject,
      "void g_object_set_property(void *object, const char *name, void *value)",
    ),
    valueInit: bind<(value: Uint8Array, type: number) => void>(
      gobject,
      "void *g_value_init(void *value, size_t type)",
    ),
    valueSetString: bind<(value: Uint8Array, text: string) => void>(
      gobject,
      "void g_value_set_string(void *value, const char *text)",
    ),
    valueUnset: bind<(value: Uint8Array) => void>(gobject, "void g_value_unset(void *value)"),
    valueBoxed: bind<(value: Pointer) => Nullable>(gobject, "void *g_value_get_boxed(void *value)"),
    quarkName: bind<(quark: number) => string | null>(glib, "const char *g_quark_to_string(uint32 quark)"),
    errorFree: bind<(error: Pointer) => void>(glib, "void g_error_free(void *error)"),
    free: bind<(memory: Pointer) => void>(glib, "void g_free(void *memory)"),
  };
}
