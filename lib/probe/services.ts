/**
 * The services that a peer is asked for: UID, keyword and name of the SOP class
 * as PS3.6 Annex A has them. Pure.
 */

import { VERIFICATION_SOP_CLASS } from "../base/uids.ts";
import type { Family } from "./families.ts";

/** What a service is for, in the order in which they are shown. */
export type ServiceGroup =
  | "verification"
  | "worklist"
  | "query-retrieve"
  | "workflow"
  | "print"
  | "image-storage"
  | "other-storage";

/** One SOP class. */
export interface Service {
  readonly uid: string;
  readonly keyword: string;
  readonly name: string;
  readonly group: ServiceGroup;
  /** For each, a presentation context of its own is proposed. */
  readonly families: readonly Family[];
}

/** Root of all UIDs of the standard. */
const DICOM = "1.2.840.10008.";
/** Root of the storage SOP classes. */
const STORAGE = `${DICOM}5.1.4.1.1.`;

/** UID below the root, keyword, name; as in the tables that follow. */
const WORKLIST = `
5.1.4.31 ModalityWorklistInformationModelFind Modality Worklist Information Model - FIND
5.1.4.34.6.1 UnifiedProcedureStepPush Unified Procedure Step - Push SOP Class
5.1.4.34.6.3 UnifiedProcedureStepPull Unified Procedure Step - Pull SOP Class
5.1.4.34.6.2 UnifiedProcedureStepWatch Unified Procedure Step - Watch SOP Class
`;

const QUERY_RETRIEVE = `
5.1.4.1.2.1.1 PatientRootQueryRetrieveInformationModelFind Patient Root Query/Retrieve Information Model - FIND
5.1.4.1.2.1.2 PatientRootQueryRetrieveInformationModelMove Patient Root Query/Retrieve Information Model - MOVE
5.1.4.1.2.1.3 PatientRootQueryRetrieveInformationModelGet Patient Root Query/Retrieve Information Model - GET
5.1.4.1.2.2.1 StudyRootQueryRetrieveInformationModelFind Study Root Query/Retrieve Information Model - FIND
5.1.4.1.2.2.2 StudyRootQueryRetrieveInformationModelMove Study Root Query/Retrieve Information Model - MOVE
5.1.4.1.2.2.3 StudyRootQueryRetrieveInformationModelGet Study Root Query/Retrieve Information Model - GET
5.1.4.1.2.4.2 CompositeInstanceRootRetrieveMove Composite Instance Root Retrieve - MOVE
5.1.4.1.2.4.3 CompositeInstanceRootRetrieveGet Composite Instance Root Retrieve - GET
5.1.4.1.2.5.3 CompositeInstanceRetrieveWithoutBulkDataGet Composite Instance Retrieve Without Bulk Data - GET
`;

const WORKFLOW = `
1.20.1 StorageCommitmentPushModel Storage Commitment Push Model SOP Class
3.1.2.3.3 ModalityPerformedProcedureStep Modality Performed Procedure Step SOP Class
3.1.2.3.4 ModalityPerformedProcedureStepRetrieve Modality Performed Procedure Step Retrieve SOP Class
3.1.2.3.5 ModalityPerformedProcedureStepNotification Modality Performed Procedure Step Notification SOP Class
5.1.4.33 InstanceAvailabilityNotification Instance Availability Notification SOP Class
`;

const PRINT = `
5.1.1.9 BasicGrayscalePrintManagementMeta Basic Grayscale Print Management Meta SOP Class
5.1.1.18 BasicColorPrintManagementMeta Basic Color Print Management Meta SOP Class
`;

/** Storage of images, which may be compressed. */
const IMAGES = `
1 ComputedRadiographyImageStorage Computed Radiography Image Storage
1.1 DigitalXRayImageStorageForPresentation Digital X-Ray Image Storage - For Presentation
1.1.1 DigitalXRayImageStorageForProcessing Digital X-Ray Image Storage - For Processing
1.2 DigitalMammographyXRayImageStorageForPresentation Digital Mammography X-Ray Image Storage - For Presentation
1.2.1 DigitalMammographyXRayImageStorageForProcessing Digital Mammography X-Ray Image Storage - For Processing
1.3 DigitalIntraOralXRayImageStorageForPresentation Digital Intra-Oral X-Ray Image Storage - For Presentation
1.3.1 DigitalIntraOralXRayImageStorageForProcessing Digital Intra-Oral X-Ray Image Storage - For Processing
2 CTImageStorage CT Image Storage
2.1 EnhancedCTImageStorage Enhanced CT Image Storage
2.2 LegacyConvertedEnhancedCTImageStorage Legacy Converted Enhanced CT Image Storage
4 MRImageStorage MR Image Storage
4.1 EnhancedMRImageStorage Enhanced MR Image Storage
4.3 EnhancedMRColorImageStorage Enhanced MR Color Image Storage
4.4 LegacyConvertedEnhancedMRImageStorage Legacy Converted Enhanced MR Image Storage
6.1 UltrasoundImageStorage Ultrasound Image Storage
6.2 EnhancedUSVolumeStorage Enhanced US Volume Storage
7 SecondaryCaptureImageStorage Secondary Capture Image Storage
7.1 MultiFrameSingleBitSecondaryCaptureImageStorage Multi-frame Single Bit Secondary Capture Image Storage
7.2 MultiFrameGrayscaleByteSecondaryCaptureImageStorage Multi-frame Grayscale Byte Secondary Capture Image Storage
7.3 MultiFrameGrayscaleWordSecondaryCaptureImageStorage Multi-frame Grayscale Word Secondary Capture Image Storage
12.1 XRayAngiographicImageStorage X-Ray Angiographic Image Storage
12.1.1 EnhancedXAImageStorage Enhanced XA Image Storage
12.2 XRayRadiofluoroscopicImageStorage X-Ray Radiofluoroscopic Image Storage
12.2.1 EnhancedXRFImageStorage Enhanced XRF Image Storage
13.1.1 XRay3DAngiographicImageStorage X-Ray 3D Angiographic Image Storage
13.1.2 XRay3DCraniofacialImageStorage X-Ray 3D Craniofacial Image Storage
13.1.3 BreastTomosynthesisImageStorage Breast Tomosynthesis Image Storage
20 NuclearMedicineImageStorage Nuclear Medicine Image Storage
30 ParametricMapStorage Parametric Map Storage
66.4 SegmentationStorage Segmentation Storage
66.7 LabelMapSegmentationStorage Label Map Segmentation Storage
77.1.1 VLEndoscopicImageStorage VL Endoscopic Image Storage
77.1.2 VLMicroscopicImageStorage VL Microscopic Image Storage
77.1.3 VLSlideCoordinatesMicroscopicImageStorage VL Slide-Coordinates Microscopic Image Storage
77.1.4 VLPhotographicImageStorage VL Photographic Image Storage
77.1.5.1 OphthalmicPhotography8BitImageStorage Ophthalmic Photography 8 Bit Image Storage
77.1.5.2 OphthalmicPhotography16BitImageStorage Ophthalmic Photography 16 Bit Image Storage
77.1.5.4 OphthalmicTomographyImageStorage Ophthalmic Tomography Image Storage
77.1.6 VLWholeSlideMicroscopyImageStorage VL Whole Slide Microscopy Image Storage
77.1.7 DermoscopicPhotographyImageStorage Dermoscopic Photography Image Storage
128 PositronEmissionTomographyImageStorage Positron Emission Tomography Image Storage
128.1 LegacyConvertedEnhancedPETImageStorage Legacy Converted Enhanced PET Image Storage
130 EnhancedPETImageStorage Enhanced PET Image Storage
481.1 RTImageStorage RT Image Storage
481.2 RTDoseStorage RT Dose Storage
481.23 EnhancedRTImageStorage Enhanced RT Image Storage
481.24 EnhancedContinuousRTImageStorage Enhanced Continuous RT Image Storage
`;

/** Storage of images that may be a video. */
const VIDEOS = `
3.1 UltrasoundMultiFrameImageStorage Ultrasound Multi-frame Image Storage
7.4 MultiFrameTrueColorSecondaryCaptureImageStorage Multi-frame True Color Secondary Capture Image Storage
77.1.1.1 VideoEndoscopicImageStorage Video Endoscopic Image Storage
77.1.2.1 VideoMicroscopicImageStorage Video Microscopic Image Storage
77.1.4.1 VideoPhotographicImageStorage Video Photographic Image Storage
`;

/** Storage of what has no pixels, or none that are compressed. */
const OBJECTS = `
4.2 MRSpectroscopyStorage MR Spectroscopy Storage
9.1.1 TwelveLeadECGWaveformStorage 12-lead ECG Waveform Storage
9.1.2 GeneralECGWaveformStorage General ECG Waveform Storage
9.1.3 AmbulatoryECGWaveformStorage Ambulatory ECG Waveform Storage
9.1.4 General32bitECGWaveformStorage General 32-bit ECG Waveform Storage
9.2.1 HemodynamicWaveformStorage Hemodynamic Waveform Storage
9.3.1 CardiacElectrophysiologyWaveformStorage Cardiac Electrophysiology Waveform Storage
9.4.1 BasicVoiceAudioWaveformStorage Basic Voice Audio Waveform Storage
9.5.1 ArterialPulseWaveformStorage Arterial Pulse Waveform Storage
9.6.1 RespiratoryWaveformStorage Respiratory Waveform Storage
11.1 GrayscaleSoftcopyPresentationStateStorage Grayscale Softcopy Presentation State Storage
11.2 ColorSoftcopyPresentationStateStorage Color Softcopy Presentation State Storage
11.3 PseudoColorSoftcopyPresentationStateStorage Pseudo-Color Softcopy Presentation State Storage
11.4 BlendingSoftcopyPresentationStateStorage Blending Softcopy Presentation State Storage
11.5 XAXRFGrayscaleSoftcopyPresentationStateStorage XA/XRF Grayscale Softcopy Presentation State Storage
11.8 AdvancedBlendingPresentationStateStorage Advanced Blending Presentation State Storage
66 RawDataStorage Raw Data Storage
66.1 SpatialRegistrationStorage Spatial Registration Storage
66.2 SpatialFiducialsStorage Spatial Fiducials Storage
66.3 DeformableSpatialRegistrationStorage Deformable Spatial Registration Storage
66.5 SurfaceSegmentationStorage Surface Segmentation Storage
66.6 TractographyResultsStorage Tractography Results Storage
67 RealWorldValueMappingStorage Real World Value Mapping Storage
78.1 LensometryMeasurementsStorage Lensometry Measurements Storage
78.6 SpectaclePrescriptionReportStorage Spectacle Prescription Report Storage
80.1 OphthalmicVisualFieldStaticPerimetryMeasurementsStorage Ophthalmic Visual Field Static Perimetry Measurements Storage
81.1 OphthalmicThicknessMapStorage Ophthalmic Thickness Map Storage
88.11 BasicTextSRStorage Basic Text SR Storage
88.22 EnhancedSRStorage Enhanced SR Storage
88.33 ComprehensiveSRStorage Comprehensive SR Storage
88.34 Comprehensive3DSRStorage Comprehensive 3D SR Storage
88.35 ExtensibleSRStorage Extensible SR Storage
88.40 ProcedureLogStorage Procedure Log Storage
88.50 MammographyCADSRStorage Mammography CAD SR Storage
88.59 KeyObjectSelectionDocumentStorage Key Object Selection Document Storage
88.65 ChestCADSRStorage Chest CAD SR Storage
88.67 XRayRadiationDoseSRStorage X-Ray Radiation Dose SR Storage
88.68 RadiopharmaceuticalRadiationDoseSRStorage Radiopharmaceutical Radiation Dose SR Storage
88.69 ColonCADSRStorage Colon CAD SR Storage
88.71 AcquisitionContextSRStorage Acquisition Context SR Storage
88.72 SimplifiedAdultEchoSRStorage Simplified Adult Echo SR Storage
88.73 PatientRadiationDoseSRStorage Patient Radiation Dose SR Storage
88.76 EnhancedXRayRadiationDoseSRStorage Enhanced X-Ray Radiation Dose SR Storage
90.1 ContentAssessmentResultsStorage Content Assessment Results Storage
91.1 MicroscopyBulkSimpleAnnotationsStorage Microscopy Bulk Simple Annotations Storage
104.1 EncapsulatedPDFStorage Encapsulated PDF Storage
104.2 EncapsulatedCDAStorage Encapsulated CDA Storage
104.3 EncapsulatedSTLStorage Encapsulated STL Storage
104.4 EncapsulatedOBJStorage Encapsulated OBJ Storage
104.5 EncapsulatedMTLStorage Encapsulated MTL Storage
131 BasicStructuredDisplayStorage Basic Structured Display Storage
200.1 CTDefinedProcedureProtocolStorage CT Defined Procedure Protocol Storage
200.2 CTPerformedProcedureProtocolStorage CT Performed Procedure Protocol Storage
481.3 RTStructureSetStorage RT Structure Set Storage
481.4 RTBeamsTreatmentRecordStorage RT Beams Treatment Record Storage
481.5 RTPlanStorage RT Plan Storage
481.6 RTBrachyTreatmentRecordStorage RT Brachy Treatment Record Storage
481.7 RTTreatmentSummaryRecordStorage RT Treatment Summary Record Storage
481.8 RTIonPlanStorage RT Ion Plan Storage
481.9 RTIonBeamsTreatmentRecordStorage RT Ion Beams Treatment Record Storage
`;

const PLAIN: readonly Family[] = ["uncompressed"];
const STILL: readonly Family[] = [
  "uncompressed",
  "jpeg",
  "jpeg-lossless",
  "jpeg-ls",
  "jpeg-2000",
  "htj2k",
  "rle",
];
const MOVING: readonly Family[] = [...STILL, "video"];

function rows(
  table: string,
  root: string,
  group: ServiceGroup,
  families: readonly Family[],
): Service[] {
  return table.trim().split("\n").map((row) => {
    const [end = "", keyword = "", ...name] = row.split(" ");
    return { uid: root + end, keyword, name: name.join(" "), group, families };
  });
}

/** The service that every peer should have. */
export const VERIFICATION: Service = {
  uid: VERIFICATION_SOP_CLASS,
  keyword: "Verification",
  name: "Verification SOP Class",
  group: "verification",
  families: PLAIN,
};

/** All of them, the most wanted first. */
export const SERVICES: readonly Service[] = [
  VERIFICATION,
  ...rows(WORKLIST, DICOM, "worklist", PLAIN),
  ...rows(QUERY_RETRIEVE, DICOM, "query-retrieve", PLAIN),
  ...rows(WORKFLOW, DICOM, "workflow", PLAIN),
  ...rows(PRINT, DICOM, "print", PLAIN),
  ...rows(IMAGES, STORAGE, "image-storage", STILL),
  ...rows(VIDEOS, STORAGE, "image-storage", MOVING),
  ...rows(OBJECTS, STORAGE, "other-storage", PLAIN),
];
