using Rer.Repositories.Disk;

namespace Rer.Repositories.Indexing;

/// <summary>
/// Writes an index: what it holds is read, changed and put in place of it at once, under a lock that others who write it
/// wait for. Who reads it meanwhile goes on with the one that is open.
/// </summary>
/// <param name="root">A directory that it lies in.</param>
/// <param name="file">Its full path.</param>
/// <param name="key">Of which package path it is; see <see cref="IndexHeader.Key"/>.</param>
/// <param name="use">Where its identities are valid.</param>
/// <param name="isPrivate">Whether nobody else is to read it.</param>
internal sealed class IndexStore(DirectoryRoot root, string file, ulong key, IdentityUse use, bool isPrivate)
{
    // A .part as old as this is of a process that was killed.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    // Who publishes waits for another who does; what a machine remembers for itself can wait for the next time.
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(isPrivate ? 1 : 60);

    /// <summary>Changes it.</summary>
    /// <param name="complaint">What is wrong with the file that is there, so that it is not read.</param>
    /// <param name="change">Not called if another process has been writing for too long, and the index is private. Changes
    /// what it holds; returns the package path as it was when its families were listed, and
    /// nothing where these are not all.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public void Update(Func<FileLook, string?> complaint, Func<IndexFamilies, IndexScope> change)
    {
        string directory = Path.GetDirectoryName(file)!;
        CreateDirectory(directory);
        using FileStream? held = Lock();
        if (held is null)
        {
            return;
        }
        using IndexFile? old = IndexFile.TryOpen(root, file, key, look => complaint(look) is null);
        IndexFamilies families = new(old, use);
        IndexScope scope = change(families);
        IndexHeader header = new(
            use,
            DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
            scope.IsWhole,
            scope.Root,
            key,
            Families: 0,
            Length: 0
        );
        Replace(IndexFile.Write(header, families.Bytes()));
    }

    private void Replace(byte[] data)
    {
        string directory = Path.GetDirectoryName(file)!;
        string name = Path.GetFileName(file);
        string part = $"{file}.{Guid.NewGuid():N}.part";
        try
        {
            RemoveAbandoned(directory, name);
            using (FileStream stream = new(part, OptionsOf(FileMode.CreateNew, FileAccess.Write)))
            {
                stream.Write(data);
            }
            PutInPlace(part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(part);
            throw;
        }
    }

    private void PutInPlace(string part)
    {
        try
        {
            File.Move(part, file, overwrite: true);
        }
        catch (Exception e)
            when (OperatingSystem.IsWindows() && e is IOException or UnauthorizedAccessException && File.Exists(file))
        {
            // Windows does not replace a file that somebody reads. It does rename it, and deletes it after the last reader.
            string aside = $"{file}.{Guid.NewGuid():N}.part";
            File.Move(file, aside);
            File.Move(part, file);
            File.Delete(aside);
        }
    }

    /// <summary>Removes what processes that were killed have left.</summary>
    private static void RemoveAbandoned(string directory, string name)
    {
        foreach (string part in Directory.EnumerateFiles(directory, $"{name}.*.part"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(part) > Abandoned)
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Waits for who writes it at the moment. The lock ends with the process that holds it.</summary>
    private FileStream? Lock()
    {
        long start = Environment.TickCount64;
        while (true)
        {
            try
            {
                return new FileStream(file + ".lock", OptionsOf(FileMode.OpenOrCreate, FileAccess.ReadWrite));
            }
            catch (IOException) when (File.Exists(file + ".lock"))
            {
                if (Environment.TickCount64 - start > _patience.TotalMilliseconds)
                {
                    return isPrivate
                        ? null
                        : throw new IOException($"another process has been writing it for {_patience.TotalSeconds} s");
                }
                Thread.Sleep(5);
            }
        }
    }

    private FileStreamOptions OptionsOf(FileMode mode, FileAccess access)
    {
        FileStreamOptions options = new()
        {
            Mode = mode,
            Access = access,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = isPrivate
                ? UnixFileMode.UserRead | UnixFileMode.UserWrite
                : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        }
        return options;
    }

    private void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows() || !isPrivate)
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(
                directory,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }
}

/// <summary>How much of a package path an index has.</summary>
/// <param name="IsWhole">Whether every family is in it.</param>
/// <param name="Root">The package path; see <see cref="IndexHeader.Root"/>.</param>
internal readonly record struct IndexScope(bool IsWhole, FileIdentity Root);

/// <summary>The families of an index that is being changed.</summary>
/// <param name="old">The index as it is; null if there is none.</param>
/// <param name="use">Where its identities are valid.</param>
internal sealed class IndexFamilies(IndexFile? old, IdentityUse use)
{
    private readonly Dictionary<string, byte[]> _new = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <summary>The header of the index as it is; null if there is none.</summary>
    public IndexHeader? OldHeader => old?.Header;

    /// <summary>The names of the families that it has.</summary>
    public IReadOnlyList<string> OldNames { get; } = old?.ReadNames() ?? [];

    /// <summary>A family as it is in the index; null if it is not.</summary>
    public FamilyEntry? Find(string name) => old?.Find(name);

    /// <summary>Puts a family in place of what the index has of it.</summary>
    public void Put(FamilyContent content, FamilyCompiler compiler)
    {
        byte[] data = FamilyEntryFormat.Write(content, use, compiler.Compile(content));
        lock (_new)
        {
            _new[content.Name] = data;
            _gone.Remove(content.Name);
        }
    }

    /// <summary>Takes a family out.</summary>
    public void Remove(string name)
    {
        lock (_new)
        {
            _gone.Add(name);
            _new.Remove(name);
        }
    }

    /// <summary>All of them: those that were not changed as they stand.</summary>
    public Dictionary<string, byte[]> Bytes()
    {
        Dictionary<string, byte[]> all = new(_new, StringComparer.Ordinal);
        foreach (string name in OldNames)
        {
            if (!_gone.Contains(name) && !all.ContainsKey(name) && old!.ReadBytes(name) is { } data)
            {
                all.Add(name, data);
            }
        }
        return all;
    }
}
