namespace Rer.Compiling;

/// <summary>An order in which all versions of a family are tried.</summary>
/// <param name="numbers">Their numbers in the family's listing, the most preferred first.</param>
internal sealed class FamilyOrder(int[] numbers)
{
    /// <summary>The numbers of the versions in the family's listing, the most preferred first.</summary>
    internal int[] Numbers => numbers;

    /// <summary>Whether it is the order that there is without orderers.</summary>
    internal bool IsFromTheLatest { get; } = IsRising(numbers);

    private static bool IsRising(int[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] != i)
            {
                return false;
            }
        }

        return true;
    }
}
