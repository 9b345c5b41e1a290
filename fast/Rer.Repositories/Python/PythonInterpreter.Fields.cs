namespace Rer.Repositories.Python;

/// <summary>What rez finds in a file that has run.</summary>
internal sealed partial class PythonInterpreter
{
    /// <summary>
    /// The value that rez finds under a name, and the line that set it; null if there is none. Corresponds to
    /// <c>_load_py</c>: scopes take precedence over names, and plain functions are dropped.
    /// </summary>
    public DefinitionField? Find(string name)
    {
        if (_scopes is not null && _scopes.TryGetValue(name, out DefinitionField scope))
        {
            return scope;
        }
        if (_names.TryGetValue(name, out DefinitionField found))
        {
            if (found.Value is PythonNative native && PythonNatives.IsTrimmed(native))
            {
                return null;
            }
            return found.Value is not PythonFunction { Binding: PythonBinding.None } function
                    ? found with
                    {
                        Value = Trimmed(found.Value, DictsOfFamily),
                    }
                : s_commands.Contains(function.Name) && function.Name != name
                    ? found with
                    {
                        Value = new PythonUnknown(function.Line, $"is the function '{function.Name}'"),
                    }
                : null;
        }
        return _anyName is null ? null : new DefinitionField(_anyName, _anyName.Line);
    }

    // Corresponds to package_rex_keys: functions with these names become source code, even if they are stored under
    // another name.
    private static readonly string[] s_commands =
    [
        "pre_commands",
        "commands",
        "post_commands",
        "pre_build_commands",
        "pre_test_commands",
    ];

    // Fields of packages are inside at most this many dicts, as in version_overrides.
    private const int DictsOfFamily = 2;

    /// <summary>
    /// A value without the functions and modules in its dicts. Corresponds to <c>_trim</c> in
    /// <c>process_python_objects</c>.
    /// </summary>
    private static PythonValue Trimmed(PythonValue value, int depth)
    {
        if (depth == 0 || value is not PythonDictionary { Changed: null } dictionary)
        {
            return value;
        }
        List<KeyValuePair<PythonValue, PythonValue>> kept = [];
        foreach ((PythonValue key, PythonValue item) in PythonOperators.EntriesOf(dictionary))
        {
            bool isTrimmed = item switch
            {
                PythonFunction { Binding: PythonBinding.None } function => !s_commands.Contains(function.Name),
                PythonNative native => PythonNatives.IsTrimmed(native),
                _ => key is PythonString text && text.Text.StartsWith("__", StringComparison.Ordinal),
            };
            if (!isTrimmed)
            {
                kept.Add(new(key, Trimmed(item, depth - 1)));
            }
        }
        return new PythonDictionary(kept);
    }

    /// <summary>
    /// Rejects dicts on which rez fails. rez walks through all dicts and looks at the start of each key. Corresponds to
    /// <c>process_python_objects</c>.
    /// </summary>
    private void CheckKeys()
    {
        if (!_names.Values.Any(field => field.Value is PythonDictionary))
        {
            return;
        }
        // A scope has replaced the value that was assigned to its name.
        Stack<(DefinitionField Field, bool IsDone)> left = new(
            _names.Where(name => _scopes?.ContainsKey(name.Key) != true).Select(name => (name.Value, false))
        );
        HashSet<PythonValue> seen = new(ReferenceEqualityComparer.Instance);
        HashSet<PythonValue> around = new(ReferenceEqualityComparer.Instance);
        while (left.TryPop(out (DefinitionField Field, bool IsDone) next))
        {
            int line = next.Field.Line;
            if (next.Field.Value is not PythonDictionary { Changed: null } dictionary)
            {
                continue;
            }
            if (next.IsDone)
            {
                around.Remove(dictionary);
                continue;
            }
            if (around.Contains(dictionary))
            {
                // rez's walk would never end. Python stops it with an exception.
                Fail(line, "a dict contains itself");
            }
            if (!seen.Add(dictionary))
            {
                continue;
            }
            around.Add(dictionary);
            left.Push((next.Field, true));
            foreach ((PythonValue key, PythonValue value) in dictionary.Entries)
            {
                if (PythonOperators.IsKnown(key) && key is not PythonString)
                {
                    switch (value)
                    {
                        case PythonFunction:
                        case PythonNative native when PythonNatives.IsTrimmed(native):
                            break; // rez drops it before it looks at the key
                        case PythonUnknown:
                            MayFail ??= new PythonUnknown(line, "a dict whose keys are not all texts may fail");
                            break;
                        default:
                            Fail(line, $"the keys of a dict must be texts, found {key.TypeName}");
                            break;
                    }
                }
                left.Push((new DefinitionField(value, line), false));
            }
        }
    }
}
