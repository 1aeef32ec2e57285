#pragma once

#include <filesystem>

#include <base/result.h>

namespace cantilena::store {

/// Holds a file for one editor: a second one, in this program or another, is refused. The lock is the
/// kernel's and goes with the process, however it ends. Readers are not kept out.
///
/// It is an open-file-description lock on a byte that SQLite does not use. It has to outlive the file's
/// Database, because closing any descriptor of a file drops the process's other locks on it, SQLite's among
/// them.
class FileLock {
public:
    static Result<FileLock> acquire(const std::filesystem::path& file);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    FileLock(int descriptor, unsigned long long device, unsigned long long inode)
        : m_descriptor(descriptor), m_device(device), m_inode(inode)
    {
    }

    int m_descriptor;
    unsigned long long m_device;
    unsigned long long m_inode;
};

} // namespace cantilena::store
