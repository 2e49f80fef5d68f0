using System.Text.Json;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Audit.Archives;

/// <summary>Clinics whose first entries are many years old.</summary>
internal static class ArchiveSamples
{
    /// <summary>Long before six years ago, whenever these tests are run.</summary>
    public static readonly DateTimeOffset LongAgo = new(2005, 3, 7, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Starts a clinic in the past.</summary>
    public static Task<DomainHost> StartAsync(DatabaseKind kind, Action<AuditSettings>? configure = null, DateTimeOffset? start = null) =>
        DomainHost.StartAsync(kind, services => services
            .AddSingleton<TimeProvider>(new TestClock(start ?? LongAgo))
            .Configure<ClinicSettings>(settings => configure?.Invoke(settings.Audit)));

    /// <summary>A clinic in which all but the newest entries are over: a list among them, and some that are not.</summary>
    public static async Task<DomainHost> StartOldAsync(DatabaseKind kind, int entries = 6, Action<AuditSettings>? configure = null)
    {
        var host = await StartAsync(kind, configure);
        await host.Get<Domain.Audit.Anchors.AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        await AuditSamples.WriteAsync(host, entries);
        await AuditSamples.WriteListAsync(host, host.Clock.NewId(), host.Clock.NewId());
        await AuditSamples.SealAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(366 * 8));
        await AuditSamples.WriteAsync(host, 2);
        return host;
    }

    /// <summary>Writes an entry of an act now.</summary>
    public static Task WriteAsync(DomainHost host, AuditAct act, Guid? recordId = null)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        return host.ArrangeAsync(db => host.Get<AuditTrail>().Add(db, Actor.Anonymous(TestPeople.Client),
            new AuditTrace(act) { RecordId = recordId }, AuditOutcome.Done, host.Clock.Now()));
    }

    /// <summary>Archives what is over.</summary>
    public static Task<int> ArchiveAsync(DomainHost host) => host.Get<AuditArchiver>().ArchiveAsync(CancellationToken.None);

    /// <summary>The archives and what is left of their entries.</summary>
    public static async Task<(IReadOnlyList<AuditArchive> Archives, IReadOnlyList<AuditArchived> Rows)> ReadAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        return (await db.Set<AuditArchive>().OrderBy(row => row.Number).ToListAsync(),
            await db.Set<AuditArchived>().OrderBy(row => row.Sequence).ToListAsync());
    }

    /// <summary>The acts that are in the trail still, in the order of time.</summary>
    public static async Task<IReadOnlyList<AuditAct>> ActsAsync(DomainHost host) =>
        [.. (await AuditSamples.ReadAsync(host)).Select(entry => entry.Act)];

    /// <summary>Where the files are.</summary>
    public static string FileOf(DomainHost host, AuditArchive archive) =>
        Path.Combine(host.Settings.AuditArchiveDirectory, archive.FileName);

    /// <summary>The lines of a file, each read as JSON.</summary>
    public static IReadOnlyList<JsonElement> LinesOf(DomainHost host, AuditArchive archive) =>
        [.. File.ReadAllLines(FileOf(host, archive)).Select(line => JsonDocument.Parse(line).RootElement)];
}
