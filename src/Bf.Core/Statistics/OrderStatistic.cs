namespace Bf.Core.Statistics;

/// <summary>
/// The value at a place of the ascending order, without sorting all: Hoare's selection (Algorithm 65, Communications of the ACM 4(7), 1961).
/// Only two of ten thousand draws are asked for, and sorting them all would take longer than drawing them.
/// </summary>
internal static class OrderStatistic
{
    /// <summary>The value at a place, 0 the smallest; the values are moved about, none may be NaN.</summary>
    public static double At(Span<double> values, int place)
    {
        int low = 0, high = values.Length - 1;
        while (low < high)
        {
            var pivot = values[low + ((high - low) / 2)];
            int i = low, j = high;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            (low, high) = place <= j ? (low, j) : place >= i ? (i, high) : (place, place);
        }

        return values[place];
    }
}
