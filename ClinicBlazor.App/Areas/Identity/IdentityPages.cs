using System.Reflection;
using ClinicBlazor.Domain.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClinicBlazor.App.Areas.Identity;

/// <summary>
/// The pages of ASP.NET Core Identity's default UI, in the area that it gives them. Those that a clinic uses are ours at the
/// same address; every other one, of this version of the package or of the next, does not exist, nor do its layouts and menus,
/// which would otherwise frame our pages.
/// </summary>
internal sealed class IdentityPages : IApplicationFeatureProvider<ViewsFeature>
{
    private const string Area = "Identity";

    private static readonly Assembly Theirs = typeof(IdentityBuilderUIExtensions).Assembly;

    /// <summary>Registers Identity, its default UI and what becomes of its pages.</summary>
    public static void Add(IMvcBuilder mvc)
    {
        mvc.Services.AddClinicIdentity().AddDefaultUI();
        mvc.ConfigureApplicationPartManager(parts => parts.FeatureProviders.Add(new IdentityPages()));
        mvc.Services.PostConfigure<RazorPagesOptions>(
            options => options.Conventions.AddAreaFolderApplicationModelConvention(Area, "/", LeaveToItself));
    }

    /// <inheritdoc />
    public void PopulateFeature(IEnumerable<ApplicationPart> parts, ViewsFeature feature)
    {
        foreach (var view in feature.ViewDescriptors.Where(view => view.Type?.Assembly == Theirs).ToList())
        {
            feature.ViewDescriptors.Remove(view);
        }
    }

    /// <summary>
    /// Each page of ours says itself who may open it: the default UI would ask for a complete sign-in where enrolment comes
    /// first, and for external sign-ins, which there are none of.
    /// </summary>
    private static void LeaveToItself(PageApplicationModel page)
    {
        foreach (var rule in page.EndpointMetadata.OfType<AuthorizeAttribute>().Where(rule => string.IsNullOrEmpty(rule.Policy)).ToList())
        {
            page.EndpointMetadata.Remove(rule);
        }

        foreach (var filter in page.Filters.Where(filter => filter.GetType().Assembly == Theirs).ToList())
        {
            page.Filters.Remove(filter);
        }
    }
}
