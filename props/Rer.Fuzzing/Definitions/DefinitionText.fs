namespace Rer.Fuzzing.Definitions

open System.Text

/// A package definition file, to be read by Rer and by rez.
type DefinitionText = {
    /// `py` or `yaml`.
    Extension: string
    Content: byte[]
} with

    /// The contents, for messages: as text if they are text, otherwise as bytes.
    override file.ToString() =
        try
            $"package.{file.Extension}:\n{UTF8Encoding(false, true).GetString file.Content}"
        with :? DecoderFallbackException ->
            $"package.{file.Extension}, bytes %A{file.Content}"
