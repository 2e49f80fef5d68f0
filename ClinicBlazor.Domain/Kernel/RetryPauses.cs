namespace ClinicBlazor.Domain.Kernel;

/// <summary>When something is tried again that was not taken, and for how long: mail, and what alerts tell.</summary>
internal static class RetryPauses
{
    /// <summary>For how many hours it is tried.</summary>
    public const int Hours = 72;

    // The first pause is also how long an instance that was killed in the middle of a try holds it back.
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(20), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    /// <summary>When the next try is due if one fails that is made now, after <paramref name="tries"/> earlier ones.</summary>
    public static DateTimeOffset Next(DateTimeOffset now, int tries) => now + Pauses[Math.Min(tries, Pauses.Length - 1)];

    /// <summary>True when what was first due at <paramref name="since"/> is not tried again.</summary>
    public static bool AreOver(DateTimeOffset since, DateTimeOffset now) => now >= since.AddHours(Hours);
}
