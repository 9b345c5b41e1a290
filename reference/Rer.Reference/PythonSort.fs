namespace Rer.Reference

/// <summary>
/// The algorithm of CPython's <c>list.sort</c>. If keys are consistently ordered, any stable sort gives the same list.
/// Keys of orderers of different kinds are not (SOLVER.md#mixed-orderers), and then the algorithm decides which variant
/// rez prefers.
/// </summary>
/// <remarks>
/// This is CPython 3.13's algorithm for lists shorter than 64: one natural run, then binary insertion. CPython merges
/// longer lists from such runs; here they are sorted in the same way as short ones.
/// </remarks>
[<RequireQualifiedAccess>]
module PythonSort =

    /// Reverses the items from one position up to, but not including, another.
    let private reverse (items: 'T[]) first last =
        System.Array.Reverse(items, first, last - first)

    /// Makes the start of a list ascend, and returns its length. Mirrors `count_run`.
    let private countRun (less: 'T -> 'T -> bool) (items: 'T[]) : int =
        let nextIsSmaller i = less items[i] items[i - 1]

        let rec ascend i =
            if i < items.Length && not (nextIsSmaller i) then
                ascend (i + 1)
            else
                i

        // Descends past stretches of equal items. They are reversed here, because everything is reversed again at the
        // end.
        let rec descend i equal =
            let closeStretch () =
                if equal > 0 then
                    reverse items (i - equal - 1) i

            if i < items.Length && nextIsSmaller i then
                closeStretch ()
                descend (i + 1) 0
            elif i < items.Length && not (less items[i - 1] items[i]) then
                descend (i + 1) (equal + 1)
            else
                closeStretch ()
                i

        let ascending = ascend 1

        if
            ascending = items.Length
            || (ascending > 1 && less items[0] items[ascending - 1])
        then
            ascending
        else
            reverse items 0 ascending
            let descending = descend (ascending + 1) 0
            reverse items 0 descending
            ascend descending

    /// Inserts the items after an ascending start into it, each after its equals. Mirrors `binarysort`.
    let private insertRest (less: 'T -> 'T -> bool) (items: 'T[]) (start: int) =
        for i in start .. items.Length - 1 do
            let item = items[i]

            let rec position low high =
                if low = high then
                    low
                else
                    let middle = (low + high) / 2

                    if less item items[middle] then
                        position low middle
                    else
                        position (middle + 1) high

            let target = position 0 i
            System.Array.Copy(items, target, items, target + 1, i - target)
            items[target] <- item

    /// <summary>
    /// Sorts by a key, the largest first. Equal items keep their order. Mirrors
    /// <c>sorted(items, key=key, reverse=True)</c>.
    /// </summary>
    /// <param name="less">Whether a key is less than another.</param>
    /// <param name="key">The key of an item, called once.</param>
    /// <param name="items">The items, which are not changed.</param>
    let sortDescending (less: 'Key -> 'Key -> bool) (key: 'T -> 'Key) (items: 'T[]) : 'T[] =
        let keyed = items |> Array.map (fun item -> struct (key item, item)) |> Array.rev
        let less (struct (left, _)) (struct (right, _)) = less left right

        if keyed.Length > 1 then
            insertRest less keyed (countRun less keyed)

        keyed |> Array.rev |> Array.map (fun (struct (_, item)) -> item)
