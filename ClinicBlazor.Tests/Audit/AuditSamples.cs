using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Security;
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
            var trace = new AuditTrace(AuditAct.RecordRead)
            {
                PatientId = host.Clock.NewId(),
                RecordId = host.Clock.NewId(),
                VisitId = host.Clock.NewId(),
                DocumentId = host.Clock.NewId(),
                SubjectId = host.Clock.NewId(),
            };
            trace.Say([AuditDetail.Ssn, AuditDetail.Phone]);
            await host.ArrangeAsync(db => host.Get<AuditTrail>().Add(db, actor, trace, AuditOutcome.Done, host.Clock.Now()));
        }

        return await SealAsync(host);
    }

    /// <summary>Writes an entry of a list in which some patients stood; answers with its id.</summary>
    public static async Task<Guid> WriteListAsync(DomainHost host, params Guid[] patients)
    {
        var actor = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Doctor));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var trace = new AuditTrace(AuditAct.PatientsListed);
        trace.List(patients);
        await host.ArrangeAsync(db => host.Get<AuditTrail>().Add(db, actor, trace, AuditOutcome.Done, host.Clock.Now()));
        return (await ReadAsync(host)).Last(entry => entry.AccountId == actor.AccountId && entry.Act == AuditAct.PatientsListed).Id;
    }

    /// <summary>Whom an entry names as having stood in its list.</summary>
    public static async Task<IReadOnlyList<Guid>> ListedAsync(DomainHost host, Guid entryId)
    {
        await using var db = await host.OpenAsync();
        return await db.Set<AuditListed>().Where(row => row.EntryId == entryId).Select(row => row.PatientId).OrderBy(id => id)
            .ToListAsync();
    }

    /// <summary>Seals what waits; answers with the whole chain.</summary>
    public static async Task<IReadOnlyList<SealedEntry>> SealAsync(DomainHost host)
    {
        await host.Get<AuditSealer>().SealPendingAsync(CancellationToken.None);
        await using var db = await host.OpenAsync();
        return await db.Set<AuditSeal>().OrderBy(seal => seal.Sequence).Select(seal => new SealedEntry(seal.Sequence, seal.EntryId))
            .ToListAsync();
    }

    /// <summary>A chain that holds, with its triggers gone.</summary>
    public static async Task<(IReadOnlyList<SealedEntry> Chain, Intruder Intruder)> OpenToTamperingAsync(DomainHost host, int entries = 6)
    {
        var chain = await WriteAsync(host, entries);
        var intruder = new Intruder(host);
        await intruder.DropAuditTriggersAsync();
        Assert.Empty((await VerifyAsync(host)).Breaks);
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
        return await db.Set<AuditEntry>().OrderBy(entry => entry.Id).ToListAsync();
    }
}
