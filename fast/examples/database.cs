#:package Rer@*
#:package Microsoft.Data.Sqlite@10.0.*
// An IPackageRepository of your own: packages stored in a database instead of directories.
//   dotnet run database.cs
using Microsoft.Data.Sqlite;
using Rer;

string file = Path.Combine(Directory.CreateTempSubdirectory("packages").FullName, "packages.db");
Fill(file);

// Compile reads everything at once, which suits a process that solves often. If the repository were passed to Resolve
// as it is, only what each solve reaches would be read.
CompiledRepository packages = CompiledRepository.Compile(new DatabaseRepository(file));
ResolveResult result = new FastResolver().Resolve(["usd", "maya"], packages);
Console.WriteLine(
    result switch
    {
        SolvedResult solved => string.Join(' ', solved.Packages),
        FailedResult failed => failed.Failure.Description,
        _ => result,
    }
);

static void Fill(string file)
{
    using SqliteConnection connection = new($"Data Source={file}");
    connection.Open();
    using SqliteCommand command = connection.CreateCommand();
    command.CommandText = """
        CREATE TABLE package (family TEXT, version TEXT, timestamp INTEGER, PRIMARY KEY (family, version));
        -- variant is null for what the package itself requires.
        CREATE TABLE requirement (family TEXT, version TEXT, variant INTEGER, place INTEGER, request TEXT);
        INSERT INTO package VALUES
            ('python', '3.10.8', 0), ('python', '3.11.4', 0), ('maya', '2025.0', 0), ('usd', '23.11', 0);
        INSERT INTO requirement VALUES
            ('maya', '2025.0', NULL, 0, 'python-3.11'),
            ('usd', '23.11', 0, 0, 'python-3.10'), ('usd', '23.11', 1, 0, 'python-3.11');
        """;
    command.ExecuteNonQuery();
}

/// <summary>
/// A repository is read in two steps: the versions of a family, then the definitions of those that a solve reaches. It
/// is called from several threads at once, so each query opens a connection, which the provider pools.
/// </summary>
internal sealed class DatabaseRepository(string file) : IPackageRepository
{
    /// <summary>The name of the place in rez's messages: "package family not found: foo (searched: ...)".</summary>
    public IReadOnlyList<string> SearchPaths => [file];

    /// <summary>Only Compile and completion list all families.</summary>
    public IEnumerable<string> GetFamilies() => Read("SELECT DISTINCT family FROM package", row => row.GetString(0));

    /// <summary>
    /// An empty list means that there is no such family. The order affects the resolve only with rez's orderer
    /// no_order.
    /// </summary>
    public IReadOnlyList<string> GetVersions(string family) =>
        Read("SELECT version FROM package WHERE family = $family", row => row.GetString(0), family);

    public PackageDefinition GetDefinition(string family, string version)
    {
        List<(int? Variant, string Request)> requirements = Read(
            "SELECT variant, request FROM requirement WHERE family = $family AND version = $version ORDER BY variant, place",
            row => (row.IsDBNull(0) ? (int?)null : row.GetInt32(0), row.GetString(1)),
            family,
            version
        );
        return new PackageDefinition
        {
            Timestamp = Read(
                "SELECT timestamp FROM package WHERE family = $family AND version = $version",
                row => row.GetInt64(0),
                family,
                version
            )[0],
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

    private List<T> Read<T>(string query, Func<SqliteDataReader, T> read, string? family = null, string? version = null)
    {
        try
        {
            using SqliteConnection connection = new($"Data Source={file};Mode=ReadOnly");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = query;
            command.Parameters.AddWithValue("$family", family ?? "");
            command.Parameters.AddWithValue("$version", version ?? "");
            using SqliteDataReader rows = command.ExecuteReader();
            List<T> found = [];
            while (rows.Read())
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
