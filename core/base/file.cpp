#include <base/file.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cantilena {

namespace {

Error cannotWrite(const std::filesystem::path& target, const std::string& why)
{
    return Error{"Cannot write " + target.string() + ": " + why + "."};
}

std::string reason(int error)
{
    switch (error) {
    case ENOENT:
        return "the folder does not exist";
    case EACCES:
    case EPERM:
        return "permission denied";
    case EROFS:
        return "the disk is read-only";
    case ENOSPC:
    case EDQUOT:
        return "the disk is full";
    case ENOTDIR:
        return "part of the path is not a folder";
    case ENAMETOOLONG:
        return "the name is too long";
    default:
        return std::strerror(error);
    }
}

Result<void> writeAll(int descriptor, std::string_view bytes, const std::filesystem::path& target)
{
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return cannotWrite(target, reason(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

} // namespace

AtomicFile::AtomicFile(std::filesystem::path target, std::filesystem::path temporary)
    : m_target(std::move(target)), m_temporary(std::move(temporary))
{
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : m_target(std::move(other.m_target)), m_temporary(std::exchange(other.m_temporary, {}))
{
}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept
{
    std::swap(m_target, other.m_target);
    std::swap(m_temporary, other.m_temporary);
    return *this;
}

AtomicFile::~AtomicFile()
{
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& target, FileReaders readers)
{
    if (target.filename().empty() || target.filename() == "." || target.filename() == "..")
        return cannotWrite(target, "the path names no file");
    std::error_code error;
    // A link is followed, so that the file it points to is replaced and the link stays.
    const std::filesystem::path place = std::filesystem::is_symlink(target, error)
                                            ? std::filesystem::weakly_canonical(target, error)
                                            : target;
    const auto status = std::filesystem::status(place, error);
    if (std::filesystem::is_directory(status))
        return cannotWrite(target, "it is a folder");
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
        return cannotWrite(target, "it is not a plain file");
    struct stat old = {};
    const bool replaces = ::stat(place.c_str(), &old) == 0;
    // A name too long for the folder would show only at the end, when all the work is done.
    if (!replaces && errno != ENOENT)
        return cannotWrite(target, reason(errno));
    static std::atomic<unsigned> counter{0};
    const mode_t mode = readers == FileReaders::Owner ? 0600 : 0666;
    std::string name;
    int descriptor = -1;
    do {
        const std::string suffix = std::to_string(::getpid()) + "-" + std::to_string(counter++);
        name = (place.parent_path() / (".cantilena-" + suffix + ".part")).string();
        descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    } while (descriptor < 0 && errno == EEXIST);
    if (descriptor < 0)
        return cannotWrite(target, reason(errno));
    if (replaces && readers == FileReaders::Usual)
        ::fchmod(descriptor, old.st_mode & 0777);
    ::close(descriptor);
    return AtomicFile(place, name);
}

Result<void> AtomicFile::commit()
{
    const int descriptor = ::open(m_temporary.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return cannotWrite(m_target, reason(errno));
    // A full disk may show itself only now.
    const bool synced = ::fsync(descriptor) == 0;
    const int error = errno;
    ::close(descriptor);
    if (!synced)
        return cannotWrite(m_target, reason(error));
    if (::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        return cannotWrite(m_target, reason(errno));
    m_temporary.clear();
    return {};
}

Result<void> writeFile(const std::filesystem::path& target, std::string_view bytes, FileReaders readers)
{
    TRY(AtomicFile file, AtomicFile::create(target, readers));
    const int descriptor = ::open(file.temporary().c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return cannotWrite(target, reason(errno));
    Result<void> written = writeAll(descriptor, bytes, target);
    if (::close(descriptor) != 0 && written)
        written = cannotWrite(target, reason(errno));
    if (!written)
        return written;
    return file.commit();
}

Result<std::string> readFile(const std::filesystem::path& file, std::size_t limit)
{
    const auto cannotRead = [&](const std::string& why) {
        return Error{"Cannot read " + file.string() + ": " + why + "."};
    };
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return cannotRead(errno == ENOENT ? "there is no such file" : reason(errno));
    struct stat status = {};
    std::string bytes;
    std::string problem;
    if (::fstat(descriptor, &status) != 0)
        problem = reason(errno);
    else if (!S_ISREG(status.st_mode))
        problem = "it is not a plain file";
    while (problem.empty()) {
        const std::size_t size = bytes.size();
        bytes.resize(size + 65536);
        const ssize_t count = ::read(descriptor, bytes.data() + size, 65536);
        bytes.resize(size + (count > 0 ? static_cast<std::size_t>(count) : 0));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            problem = reason(errno);
        else if (bytes.size() > limit)
            problem = "it is larger than " + std::to_string(limit) + " bytes";
        if (count <= 0)
            break;
    }
    ::close(descriptor);
    if (!problem.empty())
        return cannotRead(problem);
    return bytes;
}

} // namespace cantilena
