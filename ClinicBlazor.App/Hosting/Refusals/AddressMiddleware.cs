using Microsoft.AspNetCore.Http.Features;

namespace ClinicBlazor.App.Hosting.Refusals;

/// <summary>
/// Refuses addresses that no page of this site leads to: out of a folder, with null bytes, with bytes that are no
/// text (requirement S2-11). It looks at the address as it was sent; the server has tidied the path up by then.
/// </summary>
public sealed class AddressMiddleware(RequestDelegate next)
{
    /// <summary>Answers 400 to such an address.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (AddressCheck.Find(target) is not { } finding)
        {
            return next(context);
        }

        context.Refuse(finding, StatusCodes.Status400BadRequest);
        return Task.CompletedTask;
    }
}
