using System.Text.Json;

namespace Rer.Books;

/// <summary>
/// Reads and writes the options of a solve as JSON, as in the <c>options</c> of a case or in a user's file. Filters and
/// orderers have the syntax of rez's configuration.
/// </summary>
public static class OptionsJson
{
    private static readonly OrderedDictionary<string, VariantSelectMode> s_selectModes = new()
    {
        ["version_priority"] = VariantSelectMode.VersionPriority,
        ["intersection_priority"] = VariantSelectMode.IntersectionPriority,
    };

    /// <summary>Reads options. Missing ones keep rez's defaults.</summary>
    /// <param name="value">An object with any of <c>variant_select_mode</c>, <c>package_filter</c>,
    /// <c>package_orderers</c>, <c>configured_orderers</c>, <c>timestamp</c>, <c>building</c>, <c>optimised</c>,
    /// <c>error_on_missing_variant_requires</c>, <c>prune_unfailed</c>, <c>max_fails</c>.</param>
    /// <param name="source">The value's name in errors, such as the path of its file.</param>
    /// <exception cref="PackageDataException">The value is something else.</exception>
    public static ResolveOptions Read(JsonElement value, string source) =>
        Read(new JsonPlace(value, new JsonTrail(null, source)));

    internal static ResolveOptions Read(JsonPlace place)
    {
        ResolveOptions options = ResolveOptions.Default;
        foreach ((string name, JsonPlace member) in place.Members())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                continue; // the same as leaving it out, in rez's configuration too
            }
            options = name switch
            {
                "variant_select_mode" => options with { VariantSelectMode = member.OneOf(s_selectModes) },
                "package_filter" => options with { PackageFilters = PackageFilterJson.Read(member) },
                "package_orderers" => options with { PackageOrderers = PackageOrdererJson.Read(member) },
                "configured_orderers" => options with { ConfiguredOrderers = PackageOrdererJson.Read(member) },
                "timestamp" => options with { Timestamp = member.Int64() },
                "building" => options with { Building = member.Boolean() },
                "optimised" => options with { Optimised = member.Boolean() },
                "error_on_missing_variant_requires" => options with
                {
                    ErrorOnMissingVariantRequires = member.Boolean(),
                },
                "prune_unfailed" => options with { PruneUnfailed = member.Boolean() },
                "max_fails" => options with { MaxFails = member.Int32() },
                _ => throw member.Error(
                    "unknown option; expected one of variant_select_mode, package_filter, package_orderers, "
                        + "configured_orderers, timestamp, building, optimised, error_on_missing_variant_requires, "
                        + "prune_unfailed, max_fails"
                ),
            };
        }
        return options;
    }

    /// <summary>
    /// Writes the options that differ from rez's defaults, in a fixed order. Time limits, callbacks, clocks and logs
    /// are not data and are left out.
    /// </summary>
    public static void Write(Utf8JsonWriter writer, ResolveOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        writer.WriteStartObject();
        if (options.VariantSelectMode != VariantSelectMode.VersionPriority)
        {
            writer.WriteString(
                "variant_select_mode",
                s_selectModes.Single(mode => mode.Value == options.VariantSelectMode).Key
            );
        }
        if (options.PackageFilters.Count > 0)
        {
            writer.WritePropertyName("package_filter");
            PackageFilterJson.Write(writer, options.PackageFilters);
        }
        if (options.PackageOrderers is { } orderers)
        {
            writer.WritePropertyName("package_orderers");
            PackageOrdererJson.Write(writer, orderers);
        }
        if (options.ConfiguredOrderers.Count > 0)
        {
            writer.WritePropertyName("configured_orderers");
            PackageOrdererJson.Write(writer, options.ConfiguredOrderers);
        }
        if (options.Timestamp != 0)
        {
            writer.WriteNumber("timestamp", options.Timestamp);
        }
        if (options.Building)
        {
            writer.WriteBoolean("building", true);
        }
        if (!options.Optimised)
        {
            writer.WriteBoolean("optimised", false);
        }
        if (!options.ErrorOnMissingVariantRequires)
        {
            writer.WriteBoolean("error_on_missing_variant_requires", false);
        }
        if (!options.PruneUnfailed)
        {
            writer.WriteBoolean("prune_unfailed", false);
        }
        if (options.MaxFails is { } maxFails)
        {
            writer.WriteNumber("max_fails", maxFails);
        }
        writer.WriteEndObject();
    }
}
