using System.Globalization;
using System.Security.Cryptography;

namespace Rer.Repositories;

/// <summary>
/// Downloads rez's benchmark data from rez's public repository at a fixed commit. No file is put in place before the
/// SHA-256 of both files has been verified.
/// </summary>
/// <param name="client">The client to download with. It still belongs to the caller.</param>
internal sealed class DatasetFetcher(HttpClient client)
{
    /// <summary>The directory of the data at the commit whose answers were recorded (rez 3.4.0).</summary>
    public static Uri Source { get; } =
        new(
            "https://raw.githubusercontent.com/AcademySoftwareFoundation/rez/"
                + "dd5f7e323eb216afe24e15c282b86a8eaa41972a/src/rez/data/benchmarking/"
        );

    private static readonly (string Name, string Sha256)[] s_files =
    [
        (BenchmarkData.PackagesFile, "6dbbc1fcb6a23c9c71f4100b84335fd9d018ce5ba4fe531d255a44ea28de9b5e"),
        (BenchmarkData.RequestsFile, "a0180c2d1b4718e7a9d2eda4e48fb5bcee03a6e8e55e1fb74a5fc277c5212e9a"),
    ];

    // The larger file is 829 kB. If a server sends more than this, it is not the data.
    private const long MaxLength = 16 << 20;

    /// <summary>
    /// Downloads the data into a directory, which is created if needed. Correct files that are already there are kept.
    /// </summary>
    /// <param name="directory">Where to put the files.</param>
    /// <param name="cancellationToken">Ends the download and removes partial files.</param>
    /// <returns>Where the data is.</returns>
    /// <exception cref="PackageDataException">A download fails, a file is not the expected one, or the disk cannot be
    /// written to. Nothing was changed in the directory.</exception>
    public async Task<BenchmarkData> FetchAsync(string directory, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(directory);
        List<(string Part, string Path)> fetched = [];
        try
        {
            Directory.CreateDirectory(directory);
            foreach ((string name, string sha256) in s_files)
            {
                string path = Path.Combine(directory, name);
                if (File.Exists(path) && HashOf(path) == sha256)
                {
                    continue;
                }
                string part = Path.Combine(directory, $".{name}.{Guid.NewGuid():N}.part");
                fetched.Add((part, path));
                await DownloadAsync(new Uri(Source, name), part, sha256, cancellationToken).ConfigureAwait(false);
            }
            fetched.ForEach(file => File.Move(file.Part, file.Path, overwrite: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackageDataException($"{directory}: cannot write the benchmark data: {e.Message}", e)
            {
                Path = directory,
            };
        }
        finally
        {
            fetched.ForEach(file => TryDelete(file.Part));
        }
        return new BenchmarkData(
            Path.Combine(directory, BenchmarkData.PackagesFile),
            Path.Combine(directory, BenchmarkData.RequestsFile)
        );
    }

    private async Task DownloadAsync(Uri uri, string part, string sha256, CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            using HttpResponseMessage response = await client
                .GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            content = await ReadAsync(uri, response.Content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException
                || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new PackageDataException($"cannot download {uri}: {e.Message}", e);
        }
        string actual = HexOf(SHA256.HashData(content));
        if (actual != sha256)
        {
            throw new PackageDataException(
                $"{uri} is not the expected file: its SHA-256 is {actual}, not {sha256}; it was not kept"
            );
        }
        await File.WriteAllBytesAsync(part, content, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAsync(Uri uri, HttpContent content, CancellationToken cancellationToken)
    {
        using MemoryStream buffer = new();
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            byte[] chunk = new byte[81920];
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
            {
                buffer.Write(chunk, 0, read);
                if (buffer.Length > MaxLength)
                {
                    throw new PackageDataException(
                        $"{uri} is not the expected file: it is longer than {MaxLength} bytes"
                    );
                }
            }
        }
        return buffer.ToArray();
    }

    private static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return HexOf(SHA256.HashData(file));
    }

    private static string HexOf(byte[] hash) =>
        string.Concat(hash.Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A partial file that is left behind has another name than the data, so nobody mistakes it for the data.
        }
    }
}
