using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.App.Hosting;

/// <summary>What the id in a page's address stands for.</summary>
public enum GuardedSubject
{
    /// <summary>A patient's chart, which is a page of the staff: patients have pages of their own.</summary>
    Patient,

    /// <summary>A medical record.</summary>
    Record,
}

/// <summary>
/// Marks a page whose address carries an id. A request for an id that is missing or not this person's to know of is
/// answered with 404 before anything of the page is sent.
/// </summary>
/// <param name="subject">What the id stands for.</param>
/// <param name="parameter">Name of the route value.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GuardedPageAttribute(GuardedSubject subject, string parameter = "Id") : Attribute
{
    /// <summary>What the id stands for.</summary>
    public GuardedSubject Subject { get; } = subject;

    /// <summary>Name of the route value.</summary>
    public string Parameter { get; } = parameter;
}

/// <summary>Asks the domain about the id of a guarded page and answers 404 for missing and forbidden alike.</summary>
public sealed class PageGuardMiddleware(RequestDelegate next, PageGuard guard)
{
    /// <summary>Lets the request on, or ends it.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GuardedPageAttribute>() is { } page && !await MayOpenAsync(guard, context, page))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(context);
    }

    /// <summary>True when the id in the address is one that this person may know of. A refusal is audited with the id.</summary>
    internal static async Task<bool> MayOpenAsync(PageGuard guard, HttpContext context, GuardedPageAttribute page)
    {
        if (context.Features.Get<LiveSession>()?.Actor is not { } actor
            || !Guid.TryParse(context.GetRouteValue(page.Parameter)?.ToString(), out var id))
        {
            return false;
        }

        return page.Subject switch
        {
            // The domain is asked first, so that a patient who tries another's chart is audited.
            GuardedSubject.Patient => await guard.PatientExistsAsync(actor, id, context.RequestAborted) && actor.Roles != Roles.Patient,
            GuardedSubject.Record => await guard.RecordExistsAsync(actor, id, context.RequestAborted),
        };
    }
}
