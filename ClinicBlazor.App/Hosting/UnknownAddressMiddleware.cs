namespace ClinicBlazor.App.Hosting;

/// <summary>
/// Answers 404 where there is nothing, to anybody. Authorization would send a visitor to the sign-in first, as if there
/// were something behind it.
/// </summary>
public sealed class UnknownAddressMiddleware(RequestDelegate next)
{
    /// <summary>Lets the request on when routing has found something.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not null)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
