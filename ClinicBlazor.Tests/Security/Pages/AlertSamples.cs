using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Security.Pages;

/// <summary>Alerts for pages to show, as the rules would have raised them.</summary>
internal static class AlertSamples
{
    public const string Address = "203.0.113.48";

    /// <summary>Raises one, and tells pages of it; answers with its id.</summary>
    public static async Task<Guid> RaiseAsync(DomainHost host, AlertKind kind, TestPerson? who = null, int count = 1,
        TestPerson? subject = null, AuditAct? act = null, TimeSpan ago = default)
    {
        var (id, at) = (Guid.CreateVersion7(), host.Clock.GetUtcNow() - ago);
        await host.ArrangeAsync(db => db.Set<Alert>().Add(Alert.Raise(id, new AlertCause(kind, $"{id}", at.AddMinutes(-4), at, count)
        {
            AccountId = who?.AccountId, SubjectId = subject?.AccountId, Address = Address, Act = act,
        })));
        host.Get<AlertEvents>().Publish();
        return id;
    }
}
