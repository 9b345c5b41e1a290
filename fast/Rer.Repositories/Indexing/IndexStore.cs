using Rer.Repositories.Disk;

namespace Rer.Repositories.Indexing;

/// <summary>
/// Writes an index. Its contents are read, changed and replaced atomically, under a lock that other writers wait for.
/// Concurrent readers continue with the file that they have open.
/// </summary>
/// <param name="root">A directory that contains it.</param>
/// <param name="file">Its full path.</param>
/// <param name="key">The key of its package path; see <see cref="IndexHeader.Key"/>.</param>
/// <param name="use">Where its identities are valid.</param>
/// <param name="isPrivate">Whether nobody else may read it.</param>
internal sealed class IndexStore(DirectoryRoot root, string file, ulong key, IdentityUse use, bool isPrivate)
{
    // A .part file older than this was left by a process that was killed.
    private static readonly TimeSpan s_abandoned = TimeSpan.FromMinutes(10);

    // An update of a published index waits for another update. A machine's own index can be written next time.
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(isPrivate ? 1 : 60);

    /// <summary>Changes the index.</summary>
    /// <param name="complaint">Returns why the existing file must not be read, or null.</param>
    /// <param name="change">Changes the contents. Called again, without the existing ones, if these turn out to be
    /// damaged. Returns how much of the package path the index covers. It is not called if the index is private and
    /// another process has been writing for too long.</param>
    /// <exception cref="IOException">The index cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The index cannot be written.</exception>
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
        (IndexFamilies families, IndexScope scope) = Change(old, change);
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

    private (IndexFamilies Families, IndexScope Scope) Change(IndexFile? old, Func<IndexFamilies, IndexScope> change)
    {
        try
        {
            IndexFamilies families = new(old, use);
            return (families, change(families));
        }
        catch (PackageDataException e) when (old?.Origin.HasRaised(e) == true)
        {
            return Change(null, change); // damage that the checksums do not show: start over
        }
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
            // Windows does not replace a file that is open. It can rename it, and deletes it after the last reader.
            string aside = $"{file}.{Guid.NewGuid():N}.part";
            File.Move(file, aside);
            File.Move(part, file);
            File.Delete(aside);
        }
    }

    /// <summary>Removes files left by processes that were killed.</summary>
    private static void RemoveAbandoned(string directory, string name)
    {
        foreach (string part in Directory.EnumerateFiles(directory, $"{name}.*.part"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(part) > s_abandoned)
            {
                File.Delete(part);
            }
        }
    }

    /// <summary>Waits until nobody else is writing. The lock ends with the process that has it.</summary>
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

/// <summary>How much of a package path an index covers.</summary>
/// <param name="IsWhole">Whether it contains every family.</param>
/// <param name="Root">The identity of the package path; see <see cref="IndexHeader.Root"/>.</param>
internal readonly record struct IndexScope(bool IsWhole, FileIdentity Root);

/// <summary>The families of an index that is being changed.</summary>
/// <param name="old">The existing index; null if there is none.</param>
/// <param name="use">Where its identities are valid.</param>
internal sealed class IndexFamilies(IndexFile? old, IdentityUse use)
{
    private readonly Dictionary<string, byte[]> _new = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <summary>The header of the existing index; null if there is none.</summary>
    public IndexHeader? OldHeader => old?.Header;

    /// <summary>The names of the families in it.</summary>
    public IReadOnlyList<string> OldNames { get; } = old?.ReadNames() ?? [];

    /// <summary>A family in the existing index; null if it is not there.</summary>
    public FamilyEntry? Find(string name) => old?.Find(name);

    /// <summary>Adds a family, or replaces its entry.</summary>
    public void Put(FamilyContent content, FamilyCompiler compiler)
    {
        byte[] data = FamilyEntryFormat.Write(content, use, compiler.Compile(content));
        lock (_new)
        {
            _new[content.Name] = data;
            _gone.Remove(content.Name);
        }
    }

    /// <summary>Removes a family.</summary>
    public void Remove(string name)
    {
        lock (_new)
        {
            _gone.Add(name);
            _new.Remove(name);
        }
    }

    /// <summary>All families. Unchanged ones keep their bytes.</summary>
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
