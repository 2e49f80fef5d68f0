using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace ClinicBlazor.App.Areas.Identity;

/// <summary>Recovery codes as they are shown, once.</summary>
/// <param name="Codes">The ten codes.</param>
/// <param name="Next">Where to go on to.</param>
public sealed record RecoveryCodesView(IReadOnlyList<string> Codes, string Next);

/// <summary>Shows recovery codes in the very answer that made them, so that they lie in no cookie and no address.</summary>
public static class RecoveryCodesExtensions
{
    /// <summary>The page with the codes.</summary>
    public static IActionResult ShowRecoveryCodes(this PageModel page, IReadOnlyList<string> codes, string next) => new ViewResult
    {
        ViewName = "/Areas/Identity/Pages/Account/Manage/ShowRecoveryCodes.cshtml",
        ViewData = new ViewDataDictionary<RecoveryCodesView>(page.MetadataProvider,
            page.ModelState)
        { Model = new RecoveryCodesView(codes, next) },
    };
}
