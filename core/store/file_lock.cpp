#include "file_lock.h"

#include <cerrno>
#include <mutex>
#include <set>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cantilena::store {

namespace {

/// Beyond the largest SQLite file, whose own lock bytes are at 1 GiB.
constexpr off_t kLockByte = 0x7fff'0000'0000'0000;

/// The files that this program holds. Asked before a file is opened: opening and closing it again just to
/// find it locked would drop the locks of the Database that has it open.
std::mutex heldMutex;
std::set<std::pair<unsigned long long, unsigned long long>>& held()
{
    static std::set<std::pair<unsigned long long, unsigned long long>> files;
    return files;
}

Error inUse(const std::filesystem::path& file)
{
    return Error{file.string() + " is already open; close it in the other window first."};
}

} // namespace

Result<FileLock> FileLock::acquire(const std::filesystem::path& file)
{
    const std::lock_guard guard(heldMutex);
    struct stat status = {};
    if (::stat(file.c_str(), &status) != 0)
        return Error{"There is no file " + file.string() + "."};
    if (held().contains({status.st_dev, status.st_ino}))
        return inUse(file);
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return Error{"Cannot write " + file.string() +
                     "; check its permissions, or copy it to a folder of your own."};
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = kLockByte;
    lock.l_len = 1;
    // A file system without locks (some network shares) lets everyone in.
    if (::fcntl(descriptor, F_OFD_SETLK, &lock) != 0 && (errno == EAGAIN || errno == EACCES)) {
        ::close(descriptor);
        return inUse(file);
    }
    if (::fstat(descriptor, &status) != 0) {
        ::close(descriptor);
        return Error{"Cannot read " + file.string() + "; check the disk."};
    }
    held().insert({status.st_dev, status.st_ino});
    return FileLock(descriptor, status.st_dev, status.st_ino);
}

FileLock::FileLock(FileLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_device(other.m_device), m_inode(other.m_inode)
{
}

FileLock::~FileLock()
{
    if (m_descriptor < 0)
        return;
    const std::lock_guard guard(heldMutex);
    held().erase({m_device, m_inode});
    ::close(m_descriptor);
}

} // namespace cantilena::store
