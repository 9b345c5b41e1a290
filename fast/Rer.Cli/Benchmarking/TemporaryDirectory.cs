namespace Rer.Cli.Benchmarking;

/// <summary>Directories for what is measured.</summary>
internal static class TemporaryDirectory
{
    /// <summary>Creates a directory whose name begins with some text.</summary>
    /// <exception cref="IOException">It cannot be created. The message names the place and the way out.</exception>
    public static DirectoryInfo Create(string prefix)
    {
        try
        {
            return Directory.CreateTempSubdirectory(prefix);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string why = e is FileNotFoundException ? "there is no such directory" : e.Message;
            throw new IOException(
                $"{Path.GetTempPath()}: cannot make a directory for the measurement: {why}; set TMPDIR to another",
                e
            );
        }
    }
}
