namespace System.Collections.Generic;

/// <summary>
/// A dictionary in the order in which its keys were added, for .NET 8, which has none. A
/// <see cref="Dictionary{TKey,TValue}"/> keeps that order as long as nothing is removed. Nothing is removed here.
/// </summary>
internal sealed class OrderedDictionary<TKey, TValue> : Dictionary<TKey, TValue>
    where TKey : notnull;
