namespace Rer.Cli.Input;

/// <summary>The directory that relative paths start from.</summary>
internal static class WorkingDirectory
{
    /// <summary>The message if it was deleted.</summary>
    public const string Gone = "the working directory no longer exists, so relative paths cannot be used";

    /// <summary>Whether it exists. A process may be in a directory that was deleted.</summary>
    public static bool Exists
    {
        get
        {
            try
            {
                return Directory.Exists(Directory.GetCurrentDirectory());
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}
