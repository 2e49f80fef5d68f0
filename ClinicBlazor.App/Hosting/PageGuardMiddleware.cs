using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.App.Hosting;

/// <summary>Asks the domain about the id of a guarded page and answers 404 for missing and forbidden alike.</summary>
public sealed class PageGuardMiddleware(RequestDelegate next, PatientService patients, RecordService records, VisitHistoryService visits)
{
    /// <summary>Lets the request on, or ends it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GuardedPageAttribute>() is { } page
            && !await MayOpenAsync(patients, records, visits, context, page))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(context);
    }

    /// <summary>True when the id in the address is one that this person may know of. A refusal is audited with the id.</summary>
    internal static async Task<bool> MayOpenAsync(
        PatientService patients, RecordService records, VisitHistoryService visits, HttpContext context, GuardedPageAttribute page)
    {
        if (context.Features.Get<LiveSession>()?.Actor is not { } actor
            || !Guid.TryParse(context.GetRouteValue(page.Parameter)?.ToString(), out var id))
        {
            return false;
        }

        return page.Subject switch
        {
            // The domain is asked first, so that a patient who tries another's chart is audited.
            GuardedSubject.Patient => await patients.ExistsAsync(actor, id, context.RequestAborted) && actor.Roles != Roles.Patient,
            GuardedSubject.Visit => await visits.ExistsAsync(actor, id, context.RequestAborted) && actor.Roles != Roles.Patient,
            GuardedSubject.Record => await records.ExistsAsync(actor, id, context.RequestAborted),
        };
    }
}
