using System.Text;

namespace Bf.Sources;

/// <summary>What people call the columns of a bar. Names are compared without case, spaces, brackets and punctuation.</summary>
internal static class ColumnNames
{
    // in the order of preference, where a header has several; letters beyond ASCII are left out, so that Eröffn. reads the same in any encoding
    private static readonly (BarColumn Column, string[] Names)[] Usual =
    [
        (BarColumn.Ts, ["ts", "datetime", "date", "timestamp", "dtyyyymmdd", "tradedate", "day", "beginsat", "windowstart", "tsevent", "time", "t", "datum", "fecha", "data"]),
        (BarColumn.Time, ["time", "timeofday"]),
        (BarColumn.Symbol, ["symbol", "ticker", "sym", "actsymbol", "code", "tic", "name", "secid"]),
        (BarColumn.Open, ["open", "openprice", "o", "erffn", "erffnung", "erster", "ouv", "ouverture", "apertura", "abertura"]),
        (BarColumn.High, ["high", "highprice", "max", "h", "hoch", "plushaut", "mximo", "mxima", "massimo"]),
        (BarColumn.Low, ["low", "lowprice", "min", "l", "tief", "plusbas", "mnimo", "mnima", "minimo"]),
        (BarColumn.Close, ["close", "closeprice", "closelast", "last", "latest", "price", "c", "zuletzt", "schluss", "schlusskurs", "dernier", "cierre", "ltimo", "ultimo"]),
        (BarColumn.AdjClose, ["adjclose", "adjustedclose", "closeadj", "closeadjusted", "adjcloseprice", "adjusted", "adj"]),
        (BarColumn.Volume, ["volume", "vol", "totalvolume", "tradedvolume", "shares", "v", "stuecke", "stcke", "volumen", "tottrdqty"]),
        (BarColumn.Period, ["<per>"]), // as it stands: elsewhere PER is a ratio
    ];

    /// <summary>The place of each column in a header that is called as usual; -1 where there is none. A name counts once.</summary>
    public static int[] Find(IReadOnlyList<string> header)
    {
        var keys = header.Select(n => n.Trim().Equals("<per>", StringComparison.OrdinalIgnoreCase) ? "<per>" : Key(n)).ToArray();
        var places = new int[Usual.Length];
        Array.Fill(places, -1);
        foreach (var (column, names) in Usual)
        {
            places[(int)column] = names.Select(name => Array.FindIndex(keys, k => k == name)).FirstOrDefault(at => at >= 0 && !places.Contains(at), -1);
        }

        // Polygon's "T" is the ticker and "t" the time, which differ in case alone
        if (header.Contains("T", StringComparer.Ordinal) && header.ToList().IndexOf("t") is >= 0 and var time)
        {
            places[(int)BarColumn.Ts] = time;
            places[(int)BarColumn.Symbol] = header.ToList().IndexOf("T");
        }

        return places;
    }

    /// <summary>Reads a column's name as <c>--map</c> writes it.</summary>
    public static bool TryColumn(string name, out BarColumn column)
    {
        var key = Key(name);
        var at = Array.FindIndex(Usual, u => u.Names.Contains(key));
        column = at < 0 ? default : Usual[at].Column;
        return Enum.TryParse(name, ignoreCase: true, out BarColumn own) && Enum.IsDefined(own) && !char.IsAsciiDigit(name[0])
            ? (column = own) == own
            : at >= 0;
    }

    // "<CLOSE>", "Adj Close**", "5. adjusted close", "close_price" and "Close/Last" lose all but letters
    private static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsAsciiLetter(c))
            {
                key.Append(char.ToLowerInvariant(c));
            }
        }

        return key.ToString();
    }
}
