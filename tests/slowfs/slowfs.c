// A read-only view of a directory in which every lookup, stat, listing, open and read takes a round trip, as on a network
// disk. SLOWFS_ROOT names the directory, and SLOWFS_US is the round trip in microseconds. On unmounting, the counts of calls
// and the greatest number of concurrent calls are written to SLOWFS_LOG. With SLOWFS_INO=0, inode numbers are assigned
// in the order of use, so they differ at each mount.
// gcc -O2 slowfs.c -o slowfs $(pkg-config fuse3 --cflags --libs); ./slowfs -f MOUNTPOINT
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *root;
static long delay_us;
static atomic_long stats, lists, opens, reads, links, now, most;

static void trip(atomic_long *n) {
    atomic_fetch_add(n, 1);
    long under_way = atomic_fetch_add(&now, 1) + 1, seen = most;
    while (under_way > seen && !atomic_compare_exchange_weak(&most, &seen, under_way)) {}
    if (delay_us > 0) {
        struct timespec t = {delay_us / 1000000, delay_us % 1000000 * 1000};
        nanosleep(&t, NULL);
    }
    atomic_fetch_sub(&now, 1);
}
static const char *full(char *to, const char *path) { snprintf(to, PATH_MAX, "%s%s", root, path); return to; }

static int s_getattr(const char *path, struct stat *st, struct fuse_file_info *fi) {
    (void)fi; char p[PATH_MAX]; trip(&stats);
    return lstat(full(p, path), st) ? -errno : 0;
}
static int s_readlink(const char *path, char *buf, size_t size) {
    char p[PATH_MAX]; trip(&links);
    ssize_t n = readlink(full(p, path), buf, size - 1);
    if (n < 0) return -errno;
    buf[n] = 0; return 0;
}
static int s_readdir(const char *path, void *buf, fuse_fill_dir_t fill, off_t off, struct fuse_file_info *fi, enum fuse_readdir_flags fl) {
    (void)off; (void)fi; (void)fl; char p[PATH_MAX]; trip(&lists);
    DIR *d = opendir(full(p, path));
    if (!d) return -errno;
    for (struct dirent *e; (e = readdir(d));) {
        struct stat st; memset(&st, 0, sizeof st); st.st_ino = e->d_ino; st.st_mode = e->d_type << 12;
        if (fill(buf, e->d_name, &st, 0, 0)) break;
    }
    closedir(d); return 0;
}
static int s_open(const char *path, struct fuse_file_info *fi) {
    char p[PATH_MAX]; trip(&opens);
    int fd = open(full(p, path), O_RDONLY);
    if (fd < 0) return -errno;
    fi->fh = fd; return 0;
}
static int s_read(const char *path, char *buf, size_t size, off_t off, struct fuse_file_info *fi) {
    (void)path; trip(&reads);
    ssize_t n = pread(fi->fh, buf, size, off);
    return n < 0 ? -errno : (int)n;
}
static int s_release(const char *path, struct fuse_file_info *fi) { (void)path; close(fi->fh); return 0; }
static void s_destroy(void *d) {
    (void)d; const char *log = getenv("SLOWFS_LOG");
    FILE *f = log ? fopen(log, "w") : stderr;
    if (f) { fprintf(f, "stat %ld list %ld open %ld read %ld readlink %ld most %ld\n", stats, lists, opens, reads, links, most); if (log) fclose(f); }
}
static void *s_init(struct fuse_conn_info *c, struct fuse_config *cfg) {
    (void)c; const char *ino = getenv("SLOWFS_INO");
    cfg->use_ino = !ino || atoi(ino); // the same inode numbers at each mount, as on NFS
    const char *t = getenv("SLOWFS_ATTR_S"); // how long the kernel caches attributes: 1 s by default
    cfg->entry_timeout = cfg->attr_timeout = t ? atof(t) : 1;
    return NULL;
}
static const struct fuse_operations ops = {.init = s_init, .getattr = s_getattr, .readlink = s_readlink, .readdir = s_readdir, .open = s_open, .read = s_read, .release = s_release, .destroy = s_destroy};

int main(int argc, char **argv) {
    root = getenv("SLOWFS_ROOT"); delay_us = atol(getenv("SLOWFS_US") ? getenv("SLOWFS_US") : "0");
    if (!root) { fprintf(stderr, "SLOWFS_ROOT is not set\n"); return 2; }
    return fuse_main(argc, argv, &ops, NULL);
}
