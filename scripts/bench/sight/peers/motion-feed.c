/*
 * motion-feed: shows Debian's `motion` a video frame by frame, as a camera of its own.
 *
 * Motion paces itself by the wall clock and takes the newest picture, so that on a busy machine it
 * would see other frames than the rest. Loaded with LD_PRELOAD, this library gives it what it needs
 * to see every frame: a V4L2 camera (SILL_FEED_DEVICE) whose pictures are I420 read from descriptor 3,
 * and a clock that stands at the frame's own time (SILL_FEED_FPS). Motion itself runs as it is.
 *
 * Answers on descriptor 4, in order: one byte a frame, '1' when motion saved a picture of it
 * (picture_output on, pre_capture 0: exactly the frames in which it sees motion), else '0'; after
 * the last one a line "cpu MILLISECONDS FRAMES": CPU of its detection loop, from the moment that it has a
 * frame until it asks for the next, without the first seconds. Pictures are written to /dev/null.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { frames_in = 3, answers_out = 4, buffers = 4, warm_up = 60 };
static const long long epoch_us = 1700000000LL * 1000000;

static int device = -1;
static unsigned frame_bytes, buffer_bytes;
static unsigned char *memory;
static double fps = 15;
static long long frames;
static int next_buffer, saved, measured;
static double spent_ms, began_ms;
static __thread int is_reader;

static double thread_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return at.tv_sec * 1e3 + at.tv_nsec / 1e6;
}

static void answer(void)
{
    char digit = saved ? '1' : '0';
    if (frames > 0 && write(answers_out, &digit, 1) != 1) _exit(3);
    saved = 0;
}

static void finish(void)
{
    dprintf(answers_out, "\ncpu %.3f %d\n", spent_ms, measured);
    _exit(0);
}

static int next_frame(struct v4l2_buffer *buffer)
{
    if (is_reader && frames > warm_up) {
        spent_ms += thread_ms() - began_ms;
        measured += 1;
    }
    answer();
    is_reader = 1;
    unsigned char *to = memory + (size_t)next_buffer * buffer_bytes;
    for (unsigned got = 0; got < frame_bytes;) {
        ssize_t part = read(frames_in, to + got, frame_bytes - got);
        if (part < 0 && errno == EINTR) continue;
        if (part <= 0) finish();
        got += part;
    }
    frames += 1;
    buffer->index = next_buffer;
    buffer->bytesused = frame_bytes;
    next_buffer = (next_buffer + 1) % buffers;
    began_ms = thread_ms();
    return 0;
}

static int make_room(unsigned w, unsigned h)
{
    unsigned page = (unsigned)sysconf(_SC_PAGESIZE);
    frame_bytes = w * h * 3 / 2;
    buffer_bytes = (frame_bytes + page - 1) / page * page;
    if (ftruncate(device, (off_t)buffer_bytes * buffers) != 0) return -1;
    memory = mmap(NULL, (size_t)buffer_bytes * buffers, PROT_READ | PROT_WRITE, MAP_SHARED, device, 0);
    return memory == MAP_FAILED ? -1 : 0;
}

static int camera(unsigned long request, void *argument)
{
    switch ((unsigned)request) {
    case VIDIOC_QUERYCAP: {
        struct v4l2_capability *able = argument;
        memset(able, 0, sizeof *able);
        able->capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
        return 0;
    }
    case VIDIOC_ENUMINPUT:
        ((struct v4l2_input *)argument)->type = V4L2_INPUT_TYPE_CAMERA;
        return 0;
    case VIDIOC_TRY_FMT:
    case VIDIOC_S_FMT: {
        struct v4l2_pix_format *pix = &((struct v4l2_format *)argument)->fmt.pix;
        pix->pixelformat = V4L2_PIX_FMT_YUV420;
        pix->bytesperline = pix->width;
        pix->sizeimage = pix->width * pix->height * 3 / 2;
        return (unsigned)request == VIDIOC_S_FMT && memory == NULL ? make_room(pix->width, pix->height) : 0;
    }
    case VIDIOC_REQBUFS:
        ((struct v4l2_requestbuffers *)argument)->count = buffers;
        return 0;
    case VIDIOC_QUERYBUF: {
        struct v4l2_buffer *buffer = argument;
        buffer->length = frame_bytes;
        buffer->m.offset = buffer->index * buffer_bytes;
        return 0;
    }
    case VIDIOC_DQBUF:
        return next_frame(argument);
    case VIDIOC_S_INPUT:
    case VIDIOC_S_PARM:
    case VIDIOC_QBUF:
    case VIDIOC_STREAMON:
    case VIDIOC_STREAMOFF:
        return 0;
    default:
        errno = EINVAL;
        return -1;
    }
}

int open(const char *path, int flags, ...)
{
    static int (*real)(const char *, int, ...);
    if (real == NULL) real = dlsym(RTLD_NEXT, "open");
    const char *name = getenv("SILL_FEED_DEVICE");
    if (name != NULL && strcmp(path, name) == 0) {
        const char *rate = getenv("SILL_FEED_FPS");
        if (rate != NULL) fps = atof(rate);
        return device = memfd_create("sill-feed", MFD_CLOEXEC);
    }
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    return real(path, flags, mode);
}

int ioctl(int descriptor, unsigned long request, ...)
{
    static int (*real)(int, unsigned long, ...);
    if (real == NULL) real = dlsym(RTLD_NEXT, "ioctl");
    va_list rest;
    va_start(rest, request);
    void *argument = va_arg(rest, void *);
    va_end(rest);
    if (device >= 0 && descriptor == device) return camera(request, argument);
    return real(descriptor, request, argument);
}

FILE *fopen(const char *path, const char *mode)
{
    static FILE *(*real)(const char *, const char *);
    if (real == NULL) real = dlsym(RTLD_NEXT, "fopen");
    if (strstr(path, "/sill-saw-motion") != NULL) {
        saved = 1;
        return real("/dev/null", mode);
    }
    return real(path, mode);
}

static long long now_us(void)
{
    return epoch_us + (frames > 0 ? (long long)((frames - 1) * 1e6 / fps) : 0);
}

int gettimeofday(struct timeval *restrict at, void *restrict zone)
{
    (void)zone;
    long long us = now_us();
    at->tv_sec = us / 1000000;
    at->tv_usec = us % 1000000;
    return 0;
}

time_t time(time_t *at)
{
    time_t now = now_us() / 1000000;
    if (at != NULL) *at = now;
    return now;
}

/* The detection loop waits for frames only; Motion's other threads sleep as ever. */
int nanosleep(const struct timespec *asked, struct timespec *left)
{
    static int (*real)(const struct timespec *, struct timespec *);
    if (real == NULL) real = dlsym(RTLD_NEXT, "nanosleep");
    return is_reader ? 0 : real(asked, left);
}
