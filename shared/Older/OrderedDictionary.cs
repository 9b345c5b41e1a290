namespace System.Collections.Generic;

/// <summary>
/// A dictionary in the order in which its keys were added, where the runtime has none: before .NET 9. The
/// <see cref="Dictionary{TKey,TValue}"/> of .NET 8 keeps that order as long as nothing is removed, and nothing is.
/// </summary>
internal sealed class OrderedDictionary<TKey, TValue> : Dictionary<TKey, TValue>
    where TKey : notnull;
