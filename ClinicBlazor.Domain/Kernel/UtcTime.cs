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
}
