namespace Rer.Fuzzing.Definitions

open System.Text

/// A package definition file, or a family in one file, to be read by Rer and by rez.
type DefinitionText = {
    /// `py` or `yaml`.
    Extension: string
    Content: byte[]
} with

    /// The contents, for messages: as text if they are text, otherwise as bytes.
    override file.ToString() =
        try
            $"a .{file.Extension} file:\n{UTF8Encoding(false, true).GetString file.Content}"
        with :? DecoderFallbackException ->
            $"a .{file.Extension} file, bytes %A{file.Content}"
