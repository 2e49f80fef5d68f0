using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using Microsoft.AspNetCore.Authorization;

namespace ClinicBlazor.App.Hosting;

/// <summary>What somebody who is signed in gets for a page that their roles do not open. It is audited either way.</summary>
public sealed class PageRefusal(PageGuard guard, PatientService patients, RecordService records, VisitHistoryService visits)
{
    /// <summary>
    /// 404 where the address names a patient or a record, as for one that does not exist; 403 where the page is no
    /// secret.
    /// </summary>
    public async Task<int> StatusAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        if (metadata?.GetMetadata<GuardedPageAttribute>() is { } page)
        {
            await PageGuardMiddleware.MayOpenAsync(patients, records, visits, context, page);
            return StatusCodes.Status404NotFound;
        }

        foreach (var asked in metadata?.GetOrderedMetadata<IAuthorizeData>() ?? [])
        {
            if (Enum.TryParse<Permission>(asked.Policy, out var permission))
            {
                await guard.MayOpenAsync(context.Actor(), permission, context.RequestAborted);
            }
        }

        return StatusCodes.Status403Forbidden;
    }
}
