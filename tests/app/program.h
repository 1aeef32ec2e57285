#pragma once

#include <functional>

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// Runs the built program as a person would, with its own home folder.
class Program {
public:
    struct Outcome {
        int status = -1;
        QByteArray out;
        QByteArray err;
    };

    /// `started` gets the process's number while it runs.
    Outcome run(const QStringList& arguments, const QMap<QString, QString>& environment = {},
                const std::function<void(qint64)>& started = {}) const
    {
        QProcess process;
        QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
        variables.insert("XDG_CACHE_HOME", m_home.path() + "/cache");
        variables.insert("XDG_DATA_HOME", m_home.path() + "/data");
        variables.insert("XDG_CONFIG_HOME", m_home.path() + "/config");
        for (auto it = environment.begin(); it != environment.end(); ++it)
            variables.insert(it.key(), it.value());
        process.setProcessEnvironment(variables);
        process.setWorkingDirectory(m_home.path());
        process.start(CANTILENA_PROGRAM, arguments);
        if (started && process.waitForStarted())
            started(process.processId());
        if (!process.waitForFinished(300'000))
            return {-2, process.readAllStandardOutput(), process.readAllStandardError()};
        const int status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -3;
        return {status, process.readAllStandardOutput(), process.readAllStandardError()};
    }

    QString path(const QString& name) const { return m_home.filePath(name); }

    /// One sentence on standard error (the last line), exit status 1, and no file of that name left behind.
    static bool isOneSentence(const Outcome& outcome)
    {
        const QList<QByteArray> lines = outcome.err.trimmed().split('\n');
        return outcome.status == 1 && !lines.isEmpty() && lines.last().startsWith("cantilena: ") &&
               lines.last().size() > 20;
    }

private:
    QTemporaryDir m_home;
};
