using Rer.Insights.Contexts;

namespace Rer.Cli.Input;

/// <summary>Context files on the command line: a path, or <c>-</c> for standard input and output.</summary>
internal static class ContextFiles
{
    /// <summary>Stands for standard input and output.</summary>
    public const string Stream = "-";

    /// <summary>Reads a context.</summary>
    public static ResolvedContext Read(string path)
    {
        if (path != Stream)
        {
            return path.Length > 0
                ? ResolvedContext.Read(path)
                : throw new BadInputException("the file name of the context is empty");
        }
        using System.IO.Stream input = Console.OpenStandardInput();
        return ContextReader.Read(input, "the input");
    }

    /// <summary>Writes the context of a resolve.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path,
        ResolveReport report,
        IReadOnlyList<string> packagePaths,
        ResolveOptions options,
        TextWriter output
    )
    {
        using var context = new MemoryStream();
        ResolvedContext.Write(report, packagePaths, options, context);
        if (path == Stream)
        {
            output.WriteLine(System.Text.Encoding.UTF8.GetString(context.GetBuffer(), 0, (int)context.Length));
        }
        else
        {
            try
            {
                File.WriteAllBytes(path, context.ToArray());
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                string reason =
                    Directory.Exists(path) ? "is a directory, not a file"
                    : e is DirectoryNotFoundException ? "there is no such directory"
                    : e.Message;
                throw new IOException($"{path}: cannot write the context: {reason}", e);
            }
        }
    }
}
