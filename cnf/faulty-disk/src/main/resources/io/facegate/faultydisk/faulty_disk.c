/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Preloaded into a process, stands between it and the C library for the files of one folder
 * (FACEGATE_DISK_FOLDER, absolute, without symbolic links):
 *
 * - every change of a file or a name is written to a trace (FACEGATE_DISK_TRACE), in the order in
 *   which the process made them, and so is every fsync. From it DiskState tells what a power cut at
 *   any moment would leave. fsync itself does nothing more: the trace is the disk.
 * - errors are injected as a shared file says (FACEGATE_DISK_CONTROL, see struct control).
 *
 * Files that end in "-shm" (the index of SQLite's log, a shared mapping that is made anew after a
 * crash) get errors, but no trace. What cannot be traced, such as a writable mapping of another
 * file, is recorded as unsupported, so that a test fails instead of passing for nothing.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MAX_FD = 4096, TRACED = 1, FAULTS_ONLY = 2 };

enum kind { WRITE = 1, SYNC = 2, TRUNCATE = 4, OPEN = 8, REMOVE = 16 };

/* Shared with the process under test; FaultyDisk.Faults writes it. */
struct control {
    int32_t kinds;   /* which calls fail: a sum of enum kind; 0: none */
    int32_t before;  /* calls of these kinds that go well before the first that fails */
    int32_t error;   /* errno */
    int32_t times;   /* calls that fail then; -1: all */
    int32_t hits;    /* out: calls that failed so far */
    int32_t reserved;
    int64_t room;    /* bytes by which files may still grow; -1: any */
};

struct header {
    int32_t type;
    int32_t fd;
    int64_t position;
    int64_t length;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char watched[MAX_FD];
static const char *folder;
static size_t folder_length;
static int trace = -1;
static struct control *control;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
    return dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("FACEGATE_DISK_TRACE");
    const char *shared = getenv("FACEGATE_DISK_CONTROL");
    folder = getenv("FACEGATE_DISK_FOLDER");
    if (!folder || !path || !shared) {
        folder = NULL;
        return;
    }
    folder_length = strlen(folder);
    trace = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CLOEXEC, 0);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, shared, O_RDWR | O_CLOEXEC, 0);
    void *map = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (trace < 0 || map == MAP_FAILED) {
        abort();
    }
    control = map;
}

/* The name within the folder, "" for the folder itself, NULL outside of it. */
static const char *name_of(const char *path) {
    if (!folder || !path || strncmp(path, folder, folder_length) != 0) {
        return NULL;
    }
    if (path[folder_length] == 0) {
        return path + folder_length;
    }
    return path[folder_length] == '/' ? path + folder_length + 1 : NULL;
}

static int traced_name(const char *name) {
    size_t length = name ? strlen(name) : 0;
    return name && !(length > 4 && strcmp(name + length - 4, "-shm") == 0);
}

static int is_watched(int fd) {
    return fd >= 0 && fd < MAX_FD ? watched[fd] : 0;
}

static void record(char type, int fd, int64_t position, const void *data, size_t length) {
    struct header header = {type, fd, position, (int64_t)length};
    struct iovec parts[2] = {{&header, sizeof header}, {(void *)data, length}};
    if (syscall(SYS_writev, trace, parts, 2) != (long)(sizeof header + length)) {
        abort();
    }
}

static void unsupported(const char *what) {
    pthread_mutex_lock(&lock);
    record('X', 0, 0, what, strlen(what));
    pthread_mutex_unlock(&lock);
}

/* Whether a call is to fail; sets errno. */
static int fails(int kind) {
    if (!(control->kinds & kind)) {
        return 0;
    }
    if (control->before > 0) {
        control->before--;
        return 0;
    }
    if (control->times == 0) {
        return 0;
    }
    if (control->times > 0) {
        control->times--;
    }
    control->hits++;
    errno = control->error;
    return 1;
}

static int64_t size_of(int fd) {
    struct stat status;
    return fstat(fd, &status) == 0 ? status.st_size : 0;
}

static int open_in(int directory, const char *path, int flags, mode_t mode) {
    const char *name = name_of(path);
    if (!name) {
        return (int)syscall(SYS_openat, directory, path, flags, mode);
    }
    pthread_mutex_lock(&lock);
    int missing = (flags & O_CREAT) && syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0;
    int fd = missing && fails(OPEN) ? -1 : (int)syscall(SYS_openat, directory, path, flags, mode);
    if (fd >= MAX_FD) {
        abort();
    }
    if (fd >= 0) {
        watched[fd] = traced_name(name) ? TRACED : FAULTS_ONLY;
        if (watched[fd] == TRACED) {
            int64_t how = missing | (flags & O_TRUNC ? 2 : 0);
            record('O', fd, how, name, strlen(name));
        }
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

static mode_t mode_of(int flags, va_list arguments) {
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(arguments, mode_t) : 0;
}

#define OPENS(function)                                        \
    int function(const char *path, int flags, ...) {           \
        va_list arguments;                                     \
        va_start(arguments, flags);                            \
        mode_t mode = mode_of(flags, arguments);               \
        va_end(arguments);                                     \
        return open_in(AT_FDCWD, path, flags, mode);           \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(function)                                         \
    int function(int directory, const char *path, int flags, ...) { \
        va_list arguments;                                         \
        va_start(arguments, flags);                                \
        mode_t mode = mode_of(flags, arguments);                   \
        va_end(arguments);                                         \
        return open_in(directory, path, flags, mode);              \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

/* Before the number is free for another file. */
static void forget(int fd) {
    if (is_watched(fd)) {
        pthread_mutex_lock(&lock);
        if (watched[fd] == TRACED) {
            record('C', fd, 0, NULL, 0);
        }
        watched[fd] = 0;
        pthread_mutex_unlock(&lock);
    }
}

int close(int fd) {
    forget(fd);
    return (int)syscall(SYS_close, fd);
}

/* The C library closes the folder's number itself, unseen. */
int closedir(DIR *directory) {
    forget(dirfd(directory));
    return REAL(closedir)(directory);
}

/* Writes as far as the disk has room, at a position. */
static ssize_t write_at(int fd, const void *data, size_t length, int64_t position) {
    if (fails(WRITE)) {
        return -1;
    }
    if (control->room >= 0) {
        int64_t size = size_of(fd);
        int64_t growth = position + (int64_t)length - size;
        if (growth > control->room) {
            /* as a file system does: first what fits, then the error */
            int64_t fitting = (int64_t)length - (growth - control->room);
            control->hits++;
            if (fitting <= 0) {
                errno = ENOSPC;
                return -1;
            }
            length = (size_t)fitting;
            growth = control->room;
        }
        control->room -= growth > 0 ? growth : 0;
    }
    ssize_t written = syscall(SYS_pwrite64, fd, data, length, position);
    if (written > 0 && watched[fd] == TRACED) {
        record('W', fd, position, data, (size_t)written);
    }
    return written;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t position) {
    if (!is_watched(fd)) {
        return syscall(SYS_pwrite64, fd, data, length, position);
    }
    pthread_mutex_lock(&lock);
    ssize_t written = write_at(fd, data, length, position);
    pthread_mutex_unlock(&lock);
    return written;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t position) {
    return pwrite64(fd, data, length, position);
}

ssize_t write(int fd, const void *data, size_t length) {
    if (!is_watched(fd)) {
        return syscall(SYS_write, fd, data, length);
    }
    pthread_mutex_lock(&lock);
    int append = (int)syscall(SYS_fcntl, fd, F_GETFL) & O_APPEND;
    int64_t position = append ? size_of(fd) : syscall(SYS_lseek, fd, 0, SEEK_CUR);
    ssize_t written = write_at(fd, data, length, position);
    if (written > 0) {
        syscall(SYS_lseek, fd, position + written, SEEK_SET);
    }
    pthread_mutex_unlock(&lock);
    return written;
}

int ftruncate64(int fd, off64_t length) {
    if (!is_watched(fd)) {
        return (int)syscall(SYS_ftruncate, fd, length);
    }
    pthread_mutex_lock(&lock);
    int result = -1;
    if (!fails(TRUNCATE)) {
        if (control->room >= 0) {
            int64_t freed = size_of(fd) - length;
            control->room += freed > 0 ? freed : 0;
        }
        result = (int)syscall(SYS_ftruncate, fd, length);
        if (result == 0 && watched[fd] == TRACED) {
            record('T', fd, length, NULL, 0);
        }
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate(int fd, off_t length) {
    return ftruncate64(fd, length);
}

int fsync(int fd) {
    if (!is_watched(fd)) {
        return (int)syscall(SYS_fsync, fd);
    }
    pthread_mutex_lock(&lock);
    int failed = fails(SYNC);
    int error = errno;
    if (watched[fd] == TRACED) {
        record(failed ? 'F' : 'S', fd, 0, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return failed ? -1 : 0;
}

int fdatasync(int fd) {
    return is_watched(fd) ? fsync(fd) : (int)syscall(SYS_fdatasync, fd);
}

static int remove_in(int directory, const char *path, int flags) {
    const char *name = name_of(path);
    if (!name) {
        return (int)syscall(SYS_unlinkat, directory, path, flags);
    }
    pthread_mutex_lock(&lock);
    int result = -1;
    struct stat status;
    int64_t freed = stat(path, &status) == 0 ? status.st_size : 0;
    if (!fails(REMOVE)) {
        result = (int)syscall(SYS_unlinkat, directory, path, flags);
        if (result == 0) {
            control->room += control->room >= 0 ? freed : 0;
            if (traced_name(name)) {
                record('U', 0, 0, name, strlen(name));
            }
        }
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int unlink(const char *path) {
    return remove_in(AT_FDCWD, path, 0);
}

int rmdir(const char *path) {
    return remove_in(AT_FDCWD, path, AT_REMOVEDIR);
}

int unlinkat(int directory, const char *path, int flags) {
    return remove_in(directory, path, flags);
}

int renameat(int from_directory, const char *from, int to_directory, const char *to) {
    const char *old_name = name_of(from);
    const char *new_name = name_of(to);
    if (!old_name && !new_name) {
        return (int)syscall(SYS_renameat2, from_directory, from, to_directory, to, 0);
    }
    if (!old_name || !new_name) {
        unsupported("rename into or out of the folder");
        errno = EXDEV;
        return -1;
    }
    pthread_mutex_lock(&lock);
    int result = (int)syscall(SYS_renameat2, from_directory, from, to_directory, to, 0);
    if (result == 0 && traced_name(old_name)) {
        size_t first = strlen(old_name) + 1;
        size_t second = strlen(new_name);
        char both[8192];
        if (first + second > sizeof both) {
            abort();
        }
        memcpy(both, old_name, first);
        memcpy(both + first, new_name, second);
        record('R', 0, (int64_t)first, both, first + second);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

int rename(const char *from, const char *to) {
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int mkdir(const char *path, mode_t mode) {
    const char *name = name_of(path);
    pthread_mutex_lock(&lock);
    int result = (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (result == 0 && name) {
        record('M', 0, 0, name, strlen(name));
    }
    pthread_mutex_unlock(&lock);
    return result;
}

void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
    if (is_watched(fd) == TRACED && (flags & MAP_SHARED) && (protection & PROT_WRITE)) {
        unsupported("a writable mapping");
    }
    return (void *)syscall(SYS_mmap, address, length, protection, flags, fd, offset);
}

void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset) {
    return mmap64(address, length, protection, flags, fd, offset);
}

#define REFUSED(function, result, parameters, arguments, target)   \
    result function parameters {                                   \
        if (is_watched(target)) {                                  \
            unsupported(#function);                                \
        }                                                          \
        return REAL(function) arguments;                           \
    }
REFUSED(writev, ssize_t, (int fd, const struct iovec *parts, int count), (fd, parts, count), fd)
REFUSED(pwritev64, ssize_t, (int fd, const struct iovec *parts, int count, off64_t at),
        (fd, parts, count, at), fd)
REFUSED(pwritev, ssize_t, (int fd, const struct iovec *parts, int count, off_t at),
        (fd, parts, count, at), fd)
REFUSED(sendfile64, ssize_t, (int to, int from, off64_t *at, size_t length),
        (to, from, at, length), to)
REFUSED(sendfile, ssize_t, (int to, int from, off_t *at, size_t length),
        (to, from, at, length), to)
REFUSED(copy_file_range, ssize_t,
        (int from, off64_t *from_at, int to, off64_t *to_at, size_t length, unsigned flags),
        (from, from_at, to, to_at, length, flags), to)
REFUSED(fallocate64, int, (int fd, int mode, off64_t at, off64_t length),
        (fd, mode, at, length), fd)
REFUSED(fallocate, int, (int fd, int mode, off_t at, off_t length), (fd, mode, at, length), fd)
REFUSED(posix_fallocate64, int, (int fd, off64_t at, off64_t length), (fd, at, length), fd)
REFUSED(posix_fallocate, int, (int fd, off_t at, off_t length), (fd, at, length), fd)
REFUSED(dup2, int, (int from, int to), (from, to), is_watched(from) ? from : to)

/* Of a folder, to list it: the copy is not synced. */
int dup(int fd) {
    struct stat status;
    if (is_watched(fd) && !(fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))) {
        unsupported("dup");
    }
    return (int)syscall(SYS_dup, fd);
}
