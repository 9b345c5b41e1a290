using System.Diagnostics;
using Rer.Repositories.Layout;
using Rer.Repositories.Python;

namespace Rer.Repositories.Filesystem;

/// <summary>A version of a family, with its definition or error once it has been loaded.</summary>
internal sealed class RepositoryPackage(IFamilySource source, string version)
{
    private object? _outcome;
    private int _used;

    public string Version { get; } = version;

    public string Path => source.PathOf(Version);

    /// <summary>Whether its definition, or its error, is loaded.</summary>
    public bool IsLoaded => Volatile.Read(ref _outcome) is not null;

    public void CountUse(RepositoryStatistics statistics)
    {
        if (Volatile.Read(ref _used) == 0 && Interlocked.Exchange(ref _used, 1) == 0)
        {
            statistics.CountUse();
        }
    }

    public PackageDefinition GetDefinition(RepositoryStatistics statistics)
    {
        object outcome = Load(statistics);
        return outcome as PackageDefinition ?? throw DefinitionError.Again((PackageDataException)outcome);
    }

    /// <summary>The definition, or the error from reading it.</summary>
    public object Load(RepositoryStatistics statistics)
    {
        if (Volatile.Read(ref _outcome) is { } known)
        {
            return known;
        }
        lock (this)
        {
            if (_outcome is not null)
            {
                return _outcome;
            }
            long start = Stopwatch.GetTimestamp();
            object outcome;
            try
            {
                outcome = source.Load(Version);
            }
            catch (PackageDataException e)
            {
                outcome = e;
            }
            statistics.CountLoad(start);
            Volatile.Write(ref _outcome, outcome);
            return outcome;
        }
    }

    /// <summary>Forgets a definition that nobody has asked for, unless it is being read.</summary>
    public void ForgetUnlessUsed()
    {
        if (Monitor.TryEnter(this))
        {
            _outcome = Volatile.Read(ref _used) != 0 ? _outcome : null;
            Monitor.Exit(this);
        }
    }
}
