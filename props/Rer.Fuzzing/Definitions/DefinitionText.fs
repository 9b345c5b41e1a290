namespace Rer.Fuzzing.Definitions

open System.Text

/// A package definition file, to be read by Rer and by rez.
type DefinitionText = {
    /// `py` or `yaml`.
    Extension: string
    Content: byte[]
} with

    /// What it says, for messages: as text if it is text, else its bytes.
    override file.ToString() =
        try
            $"package.{file.Extension}:\n{UTF8Encoding(false, true).GetString file.Content}"
        with :? DecoderFallbackException ->
            $"package.{file.Extension}, bytes %A{file.Content}"
