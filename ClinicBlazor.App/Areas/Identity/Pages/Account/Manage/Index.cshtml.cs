using ClinicBlazor.Domain.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicBlazor.App.Areas.Identity.Pages.Account.Manage;

/// <summary>Where Identity's links to one's own account lead: to "My account".</summary>
[Authorize(Policy = nameof(Permission.OwnAccount))]
public sealed class IndexModel : PageModel
{
    /// <summary>Leads there.</summary>
    public IActionResult OnGet() => LocalRedirect("/account");
}
