#include <QTest>

#include <chrono>
#include <cstdlib>
#include <new>

#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>

#include <sound/engine.h>
#include <sound/soundfont.h>

#include "fixture.h"

// The audio callback allocates nothing and takes no lock. This program counts both, in its own code and in
// every library it loads: malloc and its kin, and the locks of pthread and GLib (FluidSynth's), are defined
// here and pass the call on. Only what happens on a thread while it is armed counts.

namespace {

thread_local bool armed = false;
thread_local int allocations = 0;
thread_local int locks = 0;

template<typename Function> Function next(const char* name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

void countAllocation()
{
    if (armed)
        ++allocations;
}

void countLock()
{
    if (armed)
        ++locks;
}

} // namespace

extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size)
{
    countAllocation();
    return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size)
{
    countAllocation();
    return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size)
{
    countAllocation();
    return __libc_realloc(old, size);
}
void* memalign(std::size_t alignment, std::size_t size)
{
    countAllocation();
    return __libc_memalign(alignment, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size)
{
    countAllocation();
    return __libc_memalign(alignment, size);
}
int posix_memalign(void** result, std::size_t alignment, std::size_t size)
{
    countAllocation();
    *result = __libc_memalign(alignment, size);
    return *result ? 0 : ENOMEM;
}
void free(void* memory)
{
    if (memory)
        countAllocation();
    __libc_free(memory);
}

int pthread_mutex_lock(pthread_mutex_t* mutex)
{
    static const auto real = next<int (*)(pthread_mutex_t*)>("pthread_mutex_lock");
    countLock();
    return real(mutex);
}
int pthread_mutex_trylock(pthread_mutex_t* mutex)
{
    static const auto real = next<int (*)(pthread_mutex_t*)>("pthread_mutex_trylock");
    countLock();
    return real(mutex);
}
int pthread_rwlock_rdlock(pthread_rwlock_t* lock)
{
    static const auto real = next<int (*)(pthread_rwlock_t*)>("pthread_rwlock_rdlock");
    countLock();
    return real(lock);
}
int pthread_rwlock_wrlock(pthread_rwlock_t* lock)
{
    static const auto real = next<int (*)(pthread_rwlock_t*)>("pthread_rwlock_wrlock");
    countLock();
    return real(lock);
}
int pthread_cond_signal(pthread_cond_t* condition)
{
    static const auto real = next<int (*)(pthread_cond_t*)>("pthread_cond_signal");
    countLock();
    return real(condition);
}
int sem_post(sem_t* semaphore)
{
    static const auto real = next<int (*)(sem_t*)>("sem_post");
    countLock();
    return real(semaphore);
}
void g_mutex_lock(void* mutex)
{
    static const auto real = next<void (*)(void*)>("g_mutex_lock");
    countLock();
    real(mutex);
}
void g_rec_mutex_lock(void* mutex)
{
    static const auto real = next<void (*)(void*)>("g_rec_mutex_lock");
    countLock();
    real(mutex);
}
}

using namespace cantilena;
using namespace cantilena::sound;

class TestCallback : public QObject {
    Q_OBJECT

private:
    static constexpr std::size_t kFrames = 256;
    std::unique_ptr<Engine> m_engine;
    std::vector<float> m_block = std::vector<float>(2 * kFrames);
    int m_allocations = 0;
    int m_locks = 0;
    double m_slowest = 0; ///< seconds
    double m_total = 0;
    int m_blocks = 0;

    void run(int blocks)
    {
        for (int i = 0; i < blocks; ++i) {
            const auto start = std::chrono::steady_clock::now();
            armed = true;
            m_engine->process(m_block.data(), kFrames);
            armed = false;
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
            m_slowest = std::max(m_slowest, took.count());
            m_total += took.count();
            ++m_blocks;
        }
        m_allocations += std::exchange(allocations, 0);
        m_locks += std::exchange(locks, 0);
    }

private Q_SLOTS:
    void theCountersCount();
    void neitherAllocatesNorLocks();
};

void TestCallback::theCountersCount()
{
    armed = true;
    std::vector<int> vector(1000);
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    armed = false;
    pthread_mutex_unlock(&mutex);
    QVERIFY(allocations >= 1);
    QCOMPARE(locks, 1);
    allocations = locks = 0;
    QCOMPARE(vector.size(), std::size_t{1000});
}

void TestCallback::neitherAllocatesNorLocks()
{
    Engine::Options options;
    options.soundFont = *findSoundFont();
    options.output = Engine::Output::Manual;
    options.framesPerBlock = static_cast<int>(kFrames);
    m_engine = std::make_unique<Engine>(options);
    QVERIFY(m_engine->waitUntilReady());

    const song::Song song = fixture::song(16);
    const std::vector<VocalPiece> pieces = fixture::sungPieces(song);
    m_engine->setProgram(makeProgram(song));
    run(10);
    m_engine->play();
    run(300);
    // Everything that a person does while it plays.
    for (int round = 0; round < 40; ++round) {
        song::Song edited = song;
        song::Track track = *edited.tracks[static_cast<std::size_t>(1 + round % 5)];
        track.head.program = (track.head.program + round * 7) % 128;
        track.head.mix.gain = {-round * 0.5};
        track.head.mix.mute = round % 3 == 0;
        track.notes.erase(track.notes.begin() + round % 5);
        edited.tracks[static_cast<std::size_t>(1 + round % 5)] = std::make_shared<const song::Track>(track);
        if (round % 4 == 0)
            edited.tracks.erase(edited.tracks.begin() + 1);
        m_engine->setProgram(makeProgram(edited, {pieces.begin(), pieces.begin() + round % 5}));
        run(round % 7);
        if (round % 3 == 1)
            m_engine->seek({round * 20011});
        if (round % 5 == 2)
            m_engine->setLoop(FrameRange{{round * 1000}, {round * 1000 + 30000}});
        if (round % 5 == 4)
            m_engine->setLoop({});
        if (round % 6 == 5)
            m_engine->stop();
        run(20);
        m_engine->audition(song.tracks[3]->head.id, {60 + round % 12});
        m_engine->play();
        run(20);
        m_engine->readMeters();
    }
    m_engine->setLoop({});
    m_engine->seek({makeProgram(song)->end - 5000});
    m_engine->play();
    run(100);
    QVERIFY(!m_engine->playing());
    m_engine->setProgram(nullptr);
    run(2000);

    qInfo("%d blocks of %zu frames (%.2f ms): mean %.3f ms, slowest %.3f ms", m_blocks, kFrames,
          1000.0 * kFrames / kSampleRate, 1000 * m_total / m_blocks, 1000 * m_slowest);
    QCOMPARE(m_allocations, 0);
    QCOMPARE(m_locks, 0);
}

QTEST_GUILESS_MAIN(TestCallback)
#include "tst_callback.moc"
