using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Audit;

/// <summary>An entry and its place in the chain.</summary>
internal sealed record SealedEntry(long Sequence, Guid EntryId);

/// <summary>Fills the audit trail.</summary>
internal static class AuditSamples
{
    /// <summary>Writes entries in which every field has a value, and seals them; answers with the whole chain.</summary>
    public static async Task<IReadOnlyList<SealedEntry>> WriteAsync(DomainHost host, int count)
    {
        var actor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Doctor | Roles.Nurse));
        for (var i = 0; i < count; i++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            var operation = new Operation(Permission.RecordRead, AuditAct.RecordRead)
            {
                PatientId = host.Clock.NewId(),
                RecordId = host.Clock.NewId(),
                VisitId = host.Clock.NewId(),
                SubjectId = host.Clock.NewId(),
            };
            await host.ArrangeAsync(db => host.Get<AuditTrail>().Add(db, actor, operation, AuditOutcome.Done, host.Clock.Now()));
        }

        return await SealAsync(host);
    }

    /// <summary>Seals what waits; answers with the whole chain.</summary>
    public static async Task<IReadOnlyList<SealedEntry>> SealAsync(DomainHost host)
    {
        await host.Get<AuditSealer>().SealPendingAsync(CancellationToken.None);
        await using var db = await host.OpenAsync();
        return await db.AuditSeals.OrderBy(seal => seal.Sequence).Select(seal => new SealedEntry(seal.Sequence, seal.EntryId)).ToListAsync();
    }

    /// <summary>A chain that holds, with its triggers gone.</summary>
    public static async Task<(IReadOnlyList<SealedEntry> Chain, Intruder Intruder)> OpenToTamperingAsync(DomainHost host, int entries = 6)
    {
        var chain = await WriteAsync(host, entries);
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();
        Assert.True((await VerifyAsync(host)).IsIntact);
        return (chain, intruder);
    }

    /// <summary>What the verifier says to an administrator.</summary>
    public static async Task<AuditVerification> VerifyAsync(DomainHost host)
    {
        var actor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        return (await host.Get<AuditService>().VerifyAsync(actor, null, CancellationToken.None)).Value;
    }

    /// <summary>The entries of the whole trail, in the order of time.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> ReadAsync(DomainHost host)
    {
        await using var db = await host.OpenAsync();
        return await db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync();
    }
}
