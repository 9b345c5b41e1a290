namespace System.Collections.Generic;

/// <summary>
/// A dictionary in the order in which its keys were added, for .NET 8, which has none. Its
/// <see cref="Dictionary{TKey,TValue}"/> keeps that order as long as nothing is removed. Here, nothing is.
/// </summary>
internal sealed class OrderedDictionary<TKey, TValue> : Dictionary<TKey, TValue>
    where TKey : notnull;
