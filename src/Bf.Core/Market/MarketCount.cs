namespace Bf.Core.Market;

/// <summary>One date's official counts, as an exchange or a vendor publishes them; null is not given.</summary>
/// <param name="Ts">The date, microseconds since 1970-01-01 UTC.</param>
/// <param name="Adv">Advancing issues.</param>
/// <param name="Dec">Declining issues.</param>
/// <param name="Unch">Unchanged issues.</param>
/// <param name="UpVol">Volume of the advancing issues.</param>
/// <param name="DownVol">Volume of the declining issues.</param>
/// <param name="Highs">Issues at a 52-week high.</param>
/// <param name="Lows">Issues at a 52-week low.</param>
public sealed record MarketCount(long Ts, long Adv, long Dec, long? Unch, long? UpVol, long? DownVol, long? Highs, long? Lows);
