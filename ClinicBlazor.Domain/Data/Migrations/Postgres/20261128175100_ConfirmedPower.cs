using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Postgres
{
    /// <summary>Roles and links that wait for a second person, and one part at a time in a care team or visit.</summary>
    public partial class ConfirmedPower : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "Version",
                table: "Visits",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateTable(
                name: "AccountLinks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    PatientId = table.Column<Guid>(type: "uuid", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Document = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    RequestedBy = table.Column<Guid>(type: "uuid", nullable: false),
                    RequestedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    InForceAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ConfirmedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedBy = table.Column<Guid>(type: "uuid", nullable: true),
                    Version = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountLinks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AccountLinks_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AccountLinks_Accounts_RequestedBy",
                        column: x => x.RequestedBy,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AccountLinks_Patients_PatientId",
                        column: x => x.PatientId,
                        principalTable: "Patients",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "RoleGrants",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                    Roles = table.Column<int>(type: "integer", maxLength: 40, nullable: false),
                    InsteadOf = table.Column<int>(type: "integer", maxLength: 40, nullable: false),
                    GivenBy = table.Column<Guid>(type: "uuid", nullable: false),
                    GivenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    DueAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    Ended = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    EndedBy = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoleGrants", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RoleGrants_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_RoleGrants_Accounts_GivenBy",
                        column: x => x.GivenBy,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "StaffRoster",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Version = table.Column<Guid>(type: "uuid", nullable: false),
                    ClinicalSince = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StaffRoster", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "StaffRoster",
                columns: new[] { "Id", "ClinicalSince", "Version" },
                values: new object[] { new Guid("01920000-0000-7000-8000-000000000001"), null, new Guid("01920000-0000-7000-8000-000000000001") });

            migrationBuilder.EndWhatNothingEnded();

            migrationBuilder.CreateIndex(
                name: "IX_AccessGrants_OnePartInACareTeam",
                table: "AccessGrants",
                columns: new[] { "PatientId", "AccountId" },
                unique: true,
                filter: "\"EndsAt\" IS NULL AND \"VisitId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AccessGrants_OnePartInAVisit",
                table: "AccessGrants",
                columns: new[] { "VisitId", "AccountId" },
                unique: true,
                filter: "\"EndsAt\" IS NULL AND \"VisitId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AccountLinks_InForceAt_DueAt",
                table: "AccountLinks",
                columns: new[] { "InForceAt", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AccountLinks_OnePerAccount",
                table: "AccountLinks",
                column: "AccountId",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AccountLinks_OnePerPatient",
                table: "AccountLinks",
                column: "PatientId",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AccountLinks_RequestedBy",
                table: "AccountLinks",
                column: "RequestedBy");

            migrationBuilder.CreateIndex(
                name: "IX_RoleGrants_DueAt",
                table: "RoleGrants",
                column: "DueAt");

            migrationBuilder.CreateIndex(
                name: "IX_RoleGrants_GivenBy",
                table: "RoleGrants",
                column: "GivenBy");

            migrationBuilder.CreateIndex(
                name: "IX_RoleGrants_OneWaitingPerAccount",
                table: "RoleGrants",
                column: "AccountId",
                unique: true,
                filter: "\"EndedAt\" IS NULL");

            migrationBuilder.KeepAssignments();
            migrationBuilder.LetKeysOfAddendaChange();
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.KeepKeysOfAddenda();

            migrationBuilder.DropTable(
                name: "AccountLinks");

            migrationBuilder.DropTable(
                name: "RoleGrants");

            migrationBuilder.DropTable(
                name: "StaffRoster");

            migrationBuilder.DropIndex(
                name: "IX_AccessGrants_OnePartInACareTeam",
                table: "AccessGrants");

            migrationBuilder.DropIndex(
                name: "IX_AccessGrants_OnePartInAVisit",
                table: "AccessGrants");

            // As a plain statement: a table that is made anew loses its triggers.
            migrationBuilder.Sql("ALTER TABLE \"Visits\" DROP COLUMN \"Version\"");

        }
    }
}
