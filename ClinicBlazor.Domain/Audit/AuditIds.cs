namespace ClinicBlazor.Domain.Audit;

/// <summary>
/// Ids of entries are of version 7 (RFC 9562) and begin with their time: a day is a piece of the trail, and no walk along it.
/// </summary>
internal static class AuditIds
{
    /// <summary>The least id that an entry of a moment can have, or of one that is so much <paramref name="later"/>.</summary>
    public static Guid FirstOf(DateTimeOffset moment, TimeSpan later = default) => new(
        $"{Math.Max(0, moment.ToUnixTimeMilliseconds() + (long)later.TotalMilliseconds):x12}".Insert(8, "-") + "-0000-0000-000000000000");
}
