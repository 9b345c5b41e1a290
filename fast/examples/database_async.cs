#:package Rer@*
#:package Microsoft.Data.Sqlite@10.0.*
// An IAsyncPackageRepository of your own: packages stored in a database, read without blocking a thread for each.
//   dotnet run database_async.cs
using Microsoft.Data.Sqlite;
using Rer;

string file = Path.Combine(Directory.CreateTempSubdirectory("packages").FullName, "packages.db");
await FillAsync(file);

// At most 16 queries run at a time. PrefetchAllAsync reads everything, so that compiling does not wait. Without it, a
// solve reads what it reaches, many families and versions at a time, and blocks its thread until the answers arrive.
PrefetchingRepository source = new(new DatabaseRepository(file), maxConcurrency: 16);
await source.PrefetchAllAsync();
CompiledRepository packages = CompiledRepository.Compile(source);
ResolveResult result = new FastResolver().Resolve(["usd", "maya"], packages);
Console.WriteLine(result is SolvedResult solved ? string.Join(' ', solved.Packages) : result);

static async Task FillAsync(string file)
{
    await using SqliteConnection connection = new($"Data Source={file}");
    await connection.OpenAsync();
    await using SqliteCommand command = connection.CreateCommand();
    command.CommandText = """
        CREATE TABLE package (family TEXT, version TEXT, PRIMARY KEY (family, version));
        CREATE TABLE requirement (family TEXT, version TEXT, variant INTEGER, place INTEGER, request TEXT);
        INSERT INTO package VALUES
            ('python', '3.10.8'), ('python', '3.11.4'), ('maya', '2025.0'), ('usd', '23.11');
        INSERT INTO requirement VALUES
            ('maya', '2025.0', NULL, 0, 'python-3.11'),
            ('usd', '23.11', 0, 0, 'python-3.10'), ('usd', '23.11', 1, 0, 'python-3.11');
        """;
    await command.ExecuteNonQueryAsync();
}

internal sealed class DatabaseRepository(string file) : IAsyncPackageRepository
{
    /// <summary>The name of the place in rez's messages: "package family not found: foo (searched: ...)".</summary>
    public IReadOnlyList<string> SearchPaths => [file];

    public Task<IReadOnlyList<string>> GetFamiliesAsync(CancellationToken cancellationToken) =>
        ReadAsync("SELECT DISTINCT family FROM package", row => row.GetString(0), "", "", cancellationToken);

    /// <summary>An empty list means that there is no such family.</summary>
    public Task<IReadOnlyList<string>> GetVersionsAsync(string family, CancellationToken cancellationToken) =>
        ReadAsync(
            "SELECT version FROM package WHERE family = $family",
            row => row.GetString(0),
            family,
            "",
            cancellationToken
        );

    public async Task<PackageDefinition> GetDefinitionAsync(
        string family,
        string version,
        CancellationToken cancellationToken
    )
    {
        // The variant is null for requirements of the package itself.
        var requirements = await ReadAsync(
            "SELECT variant, request FROM requirement WHERE family = $family AND version = $version ORDER BY variant, place",
            row => (Variant: row.IsDBNull(0) ? (int?)null : row.GetInt32(0), Request: row.GetString(1)),
            family,
            version,
            cancellationToken
        );
        return new PackageDefinition
        {
            Requires = [.. requirements.Where(of => of.Variant is null).Select(of => of.Request)],
            Variants =
            [
                .. requirements
                    .Where(of => of.Variant is not null)
                    .GroupBy(of => of.Variant, of => of.Request)
                    .Select(variant => variant.ToArray()),
            ],
        };
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(
        string query,
        Func<SqliteDataReader, T> read,
        string family,
        string version,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using SqliteConnection connection = new($"Data Source={file};Mode=ReadOnly");
            await connection.OpenAsync(cancellationToken);
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = query;
            command.Parameters.AddWithValue("$family", family);
            command.Parameters.AddWithValue("$version", version);
            await using SqliteDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
            List<T> found = [];
            while (await rows.ReadAsync(cancellationToken))
            {
                found.Add(read(rows));
            }
            return found;
        }
        catch (SqliteException e)
        {
            // A solve turns this exception into an error with this text.
            throw new PackageDataException($"{file}: {e.Message}", e);
        }
    }
}
