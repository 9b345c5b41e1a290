namespace Rer.Repositories.Python;

// Assignments, changes and deletions of names, items, slices and attributes.
internal sealed partial class PythonInterpreter
{
    /// <summary>Assigns a value to a target. If the assignment is uncertain, the target becomes unknown.</summary>
    private void Bind(PythonExpression target, PythonValue value, string? uncertain)
    {
        switch (target)
        {
            case NameExpression name when uncertain is null:
                Set(name.Name, value, target.Line);
                break;
            case NameExpression name:
                Escape(value, target.Line);
                Unset(name.Name, target.Line, $"is assigned {uncertain}");
                break;
            case StarredExpression starred:
                Bind(starred.Value, value, uncertain);
                break;
            case SequenceExpression targets:
                BindAll(targets, value, uncertain);
                break;
            case SubscriptExpression subscript when uncertain is null && TrySetItem(subscript, value):
                break;
            case AttributeExpression or SubscriptExpression when IsOfScope(target):
                Escape(value, target.Line);
                break;
            default:
                // This is an attribute or an item. Everything that the assignment may change becomes unknown.
                Escape(value, target.Line);
                ChangePart(target);
                break;
        }
    }

    /// <summary>Sets or deletes an item or a slice of a known list; false if that is not followed.</summary>
    /// <param name="target">The item or slice.</param>
    /// <param name="value">The new value; null to delete it.</param>
    private bool TrySetItem(SubscriptExpression target, PythonValue? value)
    {
        if (
            value is not null
            && _certain
            && target is { Target: NameExpression, Index: ConstantExpression or NameExpression }
            && Evaluate(target.Target) is PythonDictionary { Changed: null } dictionary
        )
        {
            return TrySetItem(dictionary, Evaluate(target.Index), value);
        }
        if (
            !_certain
            || target.Target is not NameExpression
            || Evaluate(target.Target) is not PythonSequence { Kind: PythonSequenceKind.List, Changed: null } list
            || target.Index is not (ConstantExpression or UnaryExpression or SliceExpression { Step: null })
        )
        {
            return false;
        }
        List<PythonValue> items = list.Items;
        if (target.Index is SliceExpression slice)
        {
            if (
                !TryPlace(slice.Start, 0, items.Count, out int start)
                || !TryPlace(slice.Stop, items.Count, items.Count, out int stop)
                || value is not (null or PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set })
            )
            {
                return false;
            }
            PythonValue[] more = value is PythonSequence sequence ? [.. sequence.Items] : [];
            Spend(items.Count + more.Length, target);
            items.RemoveRange(start, Math.Max(0, stop - start));
            items.InsertRange(start, more);
            return true;
        }
        if (
            Evaluate(target.Index) is not PythonInteger { Value: var index }
            || index < -items.Count
            || index >= items.Count
        )
        {
            return false;
        }
        int at = (int)(index < 0 ? index + items.Count : index);
        if (value is null)
        {
            Spend(items.Count, target);
            items.RemoveAt(at);
        }
        else
        {
            items[at] = value;
        }
        return true;
    }

    private static bool TrySetItem(PythonDictionary dictionary, PythonValue key, PythonValue value)
    {
        if (key is not PythonString { Text: var text } || PythonOperators.KeysOf(dictionary) is not { } keys)
        {
            return false;
        }
        int at = keys.FindIndex(found => ((PythonString)found).Text == text);
        if (at < 0)
        {
            dictionary.Entries.Add(new(key, value));
        }
        else
        {
            dictionary.Entries[at] = new(keys[at], value);
        }
        return true;
    }

    private bool TryPlace(PythonExpression? bound, int otherwise, int count, out int place)
    {
        place = otherwise;
        if (bound is null)
        {
            return true;
        }
        if (
            bound is not (ConstantExpression or UnaryExpression)
            || Evaluate(bound) is not PythonInteger { Value: var at }
        )
        {
            return false;
        }
        at += at < 0 ? count : 0;
        place = (int)System.Numerics.BigInteger.Max(0, System.Numerics.BigInteger.Min(at, count));
        return true;
    }

    /// <summary>Handles a change to an attribute, an item or a slice.</summary>
    private void ChangePart(PythonExpression target)
    {
        PythonValue? changed = target switch
        {
            AttributeExpression attribute => Evaluate(attribute.Target),
            SubscriptExpression subscript => Evaluate(subscript.Target),
            _ => null,
        };
        if (target is SubscriptExpression { Index: var index })
        {
            Evaluate(index);
        }
        if (changed is PythonNative)
        {
            // Functions of modules and environment variables may be replaced.
            _isMachineUnsure = true;
        }
        if (changed is not null && PythonOperators.IsKnown(changed) && changed is not PythonFunction)
        {
            Undecided(target, $"a change of a {changed.TypeName}");
        }
        Touch(target);
    }

    /// <summary>Whether an expression is part of the object of <c>with scope("config") as c</c>.</summary>
    private bool IsOfScope(PythonExpression target) =>
        target switch
        {
            AttributeExpression attribute => IsOfScope(attribute.Target),
            SubscriptExpression { Index: ConstantExpression } subscript => IsOfScope(subscript.Target),
            NameExpression name => Names.TryGetValue(name.Name, out DefinitionField found)
                && found.Value is PythonNative { Path: "scope()" },
            _ => false,
        };

    private void BindAll(SequenceExpression targets, PythonValue value, string? uncertain)
    {
        List<PythonExpression> places = targets.Items;
        if (Unpack(places, value) is not { } items)
        {
            if (PythonOperators.IsKnown(value))
            {
                Undecided(targets, $"unpacking of a {value.TypeName}");
            }
            Escape(value, targets.Line);
            places.ForEach(place => Bind(place, Unfollow(targets.Line, "is unpacked"), uncertain));
            return;
        }
        for (int i = 0; i < places.Count; i++)
        {
            Bind(places[i] is StarredExpression starred ? starred.Value : places[i], items[i], uncertain);
        }
    }

    /// <summary>
    /// The values for several targets, one for each; null if they are not known, or if unpacking fails.
    /// </summary>
    private static List<PythonValue>? Unpack(List<PythonExpression> targets, PythonValue value)
    {
        List<PythonValue>? items = value switch
        {
            PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } sequence => sequence.Items,
            PythonString text when PythonOperators.IsSimple(text.Text) => text.Text.Length > targets.Count + 64
                ? null
                : [.. text.Text.Select(c => new PythonString(c.ToString()))],
            _ => null,
        };
        int star = targets.FindIndex(target => target is StarredExpression);
        int extra = items is null ? -1 : items.Count - targets.Count;
        if (items is null || (star < 0 ? extra != 0 : extra < -1))
        {
            return null;
        }
        if (star < 0)
        {
            return items;
        }
        PythonSequence rest = new(PythonSequenceKind.List, items.GetRange(star, extra + 1));
        return [.. items[..star], rest, .. items[(star + extra + 1)..]];
    }

    private void Augment(AugmentedStatement statement, string? uncertain)
    {
        if (statement.Target is not NameExpression name)
        {
            PythonValue part = Evaluate(statement.Target);
            PythonValue more = Evaluate(statement.Value);
            Operate(statement, statement.Symbol, part, more);
            Bind(statement.Target, more, uncertain);
            return;
        }
        PythonValue current = Evaluate(name);
        PythonValue value = Evaluate(statement.Value);
        if (current is not PythonContainer { TypeName: not "tuple" } container)
        {
            Bind(name, Operate(statement, statement.Symbol, current, value), uncertain);
            return;
        }
        if (uncertain is null && container is PythonSequence { Kind: PythonSequenceKind.List, Changed: null } list)
        {
            // A list is changed in place, for all names that share it.
            if (
                statement.Symbol == "+"
                && value is PythonSequence { Changed: null, Kind: not PythonSequenceKind.Set } more
            )
            {
                Spend(list.Items.Count + more.Items.Count, statement);
                list.Items.AddRange(more.Items.ToArray());
                Set(name.Name, list, statement.Line);
                return;
            }
            if (statement.Symbol == "+" && value is PythonString text && PythonOperators.IsSimple(text.Text))
            {
                Spend(list.Items.Count + text.Text.Length, statement);
                list.Items.AddRange(text.Text.Select(c => new PythonString(c.ToString())));
                Set(name.Name, list, statement.Line);
                return;
            }
        }
        if (PythonOperators.IsKnown(current) && PythonOperators.IsKnown(value))
        {
            Undecided(statement, $"'{statement.Symbol}=' of a {current.TypeName} and a {value.TypeName}");
        }
        Escape(value, statement.Line);
        container.Changed ??= Unfollow(statement.Line, $"is changed {uncertain ?? "by a value that is not constant"}");
    }

    private void Delete(PythonExpression target, string? uncertain)
    {
        switch (target)
        {
            case NameExpression name when uncertain is null:
                if (
                    _frame?.Locals.Contains(name.Name) == true
                        ? !_frame.Values.Remove(name.Name)
                        : !Names.Remove(name.Name)
                )
                {
                    ExpectDefined(name);
                }
                break;
            case NameExpression name:
                Unset(name.Name, target.Line, $"is deleted {uncertain}");
                break;
            case SequenceExpression targets:
                targets.Items.ForEach(item => Delete(item, uncertain));
                break;
            case SubscriptExpression subscript when uncertain is null && TrySetItem(subscript, null):
                break;
            default:
                ChangePart(target);
                break;
        }
    }
}
