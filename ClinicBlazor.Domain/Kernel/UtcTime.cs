namespace ClinicBlazor.Domain.Kernel;

/// <summary>The clock as the databases can keep it.</summary>
internal static class UtcTime
{
    /// <summary>Now in UTC, cut to the microsecond: PostgreSQL keeps no more, and an audit entry must read back as it was signed.</summary>
    public static DateTimeOffset Now(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    /// <summary>A new id: a GUID of version 7 (RFC 9562), which sorts by time.</summary>
    public static Guid NewId(this TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>
    /// The least id that can be made <paramref name="later"/> than a moment. What was written on a day is then a piece of its
    /// table and not a walk along it.
    /// </summary>
    public static Guid FirstIdAt(DateTimeOffset moment, TimeSpan later = default) => new(
        $"{Math.Max(0, moment.ToUnixTimeMilliseconds() + (long)later.TotalMilliseconds):x12}".Insert(8, "-") + "-0000-0000-000000000000");
}
